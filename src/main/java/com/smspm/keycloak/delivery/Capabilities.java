package com.smspm.keycloak.delivery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Texts that let their holder do one thing with one message for a while: no gateway signs its
 * reports, so the address is the secret. They are made and checked with a key of the realm and
 * nothing else; a forged one costs no look into any store.
 */
final class Capabilities {

  /** What a capability is good for; for nothing else, since each has a key of its own. */
  enum Use {
    REPORT("smspm delivery report 1"),
    STATUS("smspm delivery status 1");

    private final String label;

    Use(String label) {
      this.label = label;
    }
  }

  // Every realm has this one; asking for another would add a key to it in the middle of a login
  private static final String REALM_KEY = Constants.INTERNAL_SIGNATURE_ALGORITHM;

  private static final String ALGORITHM = "HmacSHA512";

  /** 256 of the 512 bits: at least 128 are wanted (RFC 2104 §5 allows to drop half). */
  private static final int MAC_BYTES = 32;

  private static final int MOST_ID_BYTES = 64;

  /** Nothing longer is even decoded. */
  private static final int MOST_CHARACTERS = (Long.BYTES + MOST_ID_BYTES + MAC_BYTES) * 4 / 3 + 1;

  private final KeycloakSession session;
  private final RealmModel realm;

  Capabilities(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /**
   * At most 140 characters of URL-safe Base64; ends when nothing is known of the message any more.
   */
  String make(Use use, String messageId) {
    long end = now() + MessageFacts.KEPT.toSeconds();
    SecretKey key = session.keys().getActiveKey(realm, KeyUse.SIG, REALM_KEY).getSecretKey();
    byte[] id = messageId.getBytes(StandardCharsets.UTF_8);
    byte[] mac = mac(key, use, end, messageId);
    byte[] all =
        ByteBuffer.allocate(Long.BYTES + id.length + MAC_BYTES)
            .putLong(end)
            .put(id)
            .put(mac)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * The message that a capability is about; nothing where it is none, or has ended. Never throws.
   */
  Optional<String> read(Use use, String capability) {
    if (capability == null || capability.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(capability);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    int idBytes = all.length - Long.BYTES - MAC_BYTES;
    if (idBytes < 1) {
      return Optional.empty();
    }
    long end = ByteBuffer.wrap(all).getLong();
    String id = new String(all, Long.BYTES, idBytes, StandardCharsets.UTF_8);
    byte[] mac = Arrays.copyOfRange(all, all.length - MAC_BYTES, all.length);
    return end > now() && isOurs(use, end, id, mac) ? Optional.of(id) : Optional.empty();
  }

  /** With any key that is still there, so that a rotation loses no report. */
  private boolean isOurs(Use use, long end, String id, byte[] mac) {
    return session
        .keys()
        .getKeysStream(realm, KeyUse.SIG, REALM_KEY)
        .map(KeyWrapper::getSecretKey)
        .anyMatch(key -> key != null && MessageDigest.isEqual(mac(key, use, end, id), mac));
  }

  private byte[] mac(SecretKey realmKey, Use use, long end, String messageId) {
    byte[] label = use.label.getBytes(StandardCharsets.US_ASCII);
    SecretKey key = new SecretKeySpec(hmac(realmKey, label), ALGORITHM);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream fields = new DataOutputStream(bytes)) {
      // A realm that was copied with its keys is another one all the same
      fields.writeUTF(realm.getId());
      fields.writeUTF(messageId);
      fields.writeLong(end);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Arrays.copyOf(hmac(key, bytes.toByteArray()), MAC_BYTES);
  }

  private static byte[] hmac(SecretKey key, byte[] input) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }

  private static long now() {
    return Time.currentTimeMillis() / 1000;
  }
}
