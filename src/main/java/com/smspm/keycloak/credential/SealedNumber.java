package com.smspm.keycloak.credential;

import com.smspm.keycloak.phone.PhoneNumber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.keys.Attributes;
import org.keycloak.keys.KeyProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * A second record of the proven number, for one question alone: where does the message go that a
 * number was removed? Keycloak's consoles tell of a removal when the credential is gone already,
 * and an attribute can be anybody's work where unmanaged attributes are enabled. So the number lies
 * in an attribute that only the server can write and read: encrypted and authenticated (AES-GCM,
 * NIST SP 800-38D) with a key derived from the realm's own, for this realm, user and credential.
 */
final class SealedNumber {

  private static final String ATTRIBUTE = "smspmSealedNumber";
  private static final byte[] LABEL = "smspm sealed number 1".getBytes(StandardCharsets.US_ASCII);

  // Every realm has this one; asking for another would add a key to it
  private static final String REALM_KEY = Constants.INTERNAL_SIGNATURE_ALGORITHM;

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final String MAC = "HmacSHA512";
  private static final int KEY_BYTES = 32;

  /** 96 bits, chosen at random for each (SP 800-38D §8.2.2). */
  private static final int NONCE_BYTES = 12;

  private static final int TAG_BITS = 128;

  /** Nothing longer is even decoded: nonce, 16 characters, tag. */
  private static final int MOST_CHARACTERS = 80;

  private static final SecureRandom RANDOM = new SecureRandom();

  private SealedNumber() {}

  /** Seals the number that the user has now. */
  static void keep(KeycloakSession session, RealmModel realm, UserModel user) {
    PhoneCredentialProvider.find(user)
        .ifPresent(
            it -> {
              SecretKey key =
                  session.keys().getActiveKey(realm, KeyUse.SIG, REALM_KEY).getSecretKey();
              write(user, seal(derived(key), context(realm, user, it.getId()), it.number()));
            });
  }

  /**
   * The same during what may be the import of a realm. That may have no such key yet, and asking
   * for one would make it one too many: then {@link #complete} seals the number later.
   */
  static void keepIfPossible(KeycloakSession session, RealmModel realm, UserModel user) {
    boolean possible =
        realm
            .getComponentsStream(realm.getId(), KeyProvider.class.getName())
            .anyMatch(it -> REALM_KEY.equals(it.get(Attributes.ALGORITHM_KEY)));
    if (possible) {
      keep(session, realm, user);
    } else {
      forget(user);
    }
  }

  /** Seals the number of a user who has none sealed. */
  static void complete(KeycloakSession session, RealmModel realm, UserModel user) {
    if (user.getFirstAttribute(ATTRIBUTE) == null) {
      keep(session, realm, user);
    }
  }

  /** Seals it again where the record is not that of the user's number. */
  static void restore(KeycloakSession session, RealmModel realm, UserModel user) {
    Optional<PhoneCredential> now = PhoneCredentialProvider.find(user);
    if (now.isPresent()
        && open(session, realm, user, now.get().getId())
            .filter(now.get().number()::equals)
            .isEmpty()) {
      keep(session, realm, user);
    }
  }

  /**
   * The number of a credential that is gone; nothing where the record is missing, forged or about
   * another one. With any key of the realm that is still there.
   */
  static Optional<PhoneNumber> open(
      KeycloakSession session, RealmModel realm, UserModel user, String credentialId) {
    String sealed = user.getFirstAttribute(ATTRIBUTE);
    if (sealed == null || sealed.length() > MOST_CHARACTERS || credentialId == null) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    byte[] context = context(realm, user, credentialId);
    return session
        .keys()
        .getKeysStream(realm, KeyUse.SIG, REALM_KEY)
        .map(KeyWrapper::getSecretKey)
        .filter(key -> key != null)
        .flatMap(key -> unseal(derived(key), context, bytes).stream())
        .findFirst();
  }

  static void forget(UserModel user) {
    if (user.getFirstAttribute(ATTRIBUTE) != null) {
      try {
        user.removeAttribute(ATTRIBUTE);
      } catch (ReadOnlyException readOnly) {
        // It is about a credential that is gone, so it says nothing any more
      }
    }
  }

  private static void write(UserModel user, String sealed) {
    try {
      user.setSingleAttribute(ATTRIBUTE, sealed);
    } catch (ReadOnlyException readOnly) {
      // The mirror has said so in the log. A removal in a console is then told by mail alone
    }
  }

  private static String seal(SecretKey key, byte[] context, PhoneNumber number) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, context);
      byte[] sealed = cipher.doFinal(number.e164().getBytes(StandardCharsets.US_ASCII));
      byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(CIPHER + " is part of every Java platform", e);
    }
  }

  private static Optional<PhoneNumber> unseal(SecretKey key, byte[] context, byte[] all) {
    if (all.length <= NONCE_BYTES) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, NONCE_BYTES), context);
      byte[] number = cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return PhoneNumber.ofE164(new String(number, StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException notOurs) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }

  /** Ids hold no line break, so no two different lists give the same bytes. */
  private static byte[] context(RealmModel realm, UserModel user, String credentialId) {
    return String.join("\n", realm.getId(), user.getId(), credentialId)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static SecretKey derived(SecretKey realmKey) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(realmKey);
      return new SecretKeySpec(Arrays.copyOf(mac.doFinal(LABEL), KEY_BYTES), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(MAC + " is part of every Java platform", e);
    }
  }
}
