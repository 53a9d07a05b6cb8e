package com.smspm.keycloak.code;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and compares the keyed hashes that stand for codes. With a million codes a plain hash would
 * be a lookup table away from the code, so the hash is an HMAC (OWASP ASVS 4 2.7.5), and its key is
 * derived by a label from a key of the realm, so that it is used for nothing else.
 */
public final class CodeKey {

  private static final String ALGORITHM = "HmacSHA512";
  private static final byte[] LABEL = "smspm one-time code 1".getBytes(StandardCharsets.US_ASCII);

  private final SecretKey key;

  private CodeKey(SecretKey key) {
    this.key = key;
  }

  /** The key for codes that belongs to a realm's own secret key. */
  public static CodeKey derivedFrom(SecretKey realmKey) {
    return new CodeKey(new SecretKeySpec(hmac(realmKey, LABEL), ALGORITHM));
  }

  /** The hash that stands for this code in this challenge, and in no other, in URL-safe Base64. */
  String hash(Challenge challenge, OneTimeCode code) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(challenge, code));
  }

  /**
   * Whether the code is one of the challenge's live ones; the time taken does not depend on the
   * codes.
   */
  boolean matches(Challenge challenge, OneTimeCode code) {
    byte[] actual = mac(challenge, code);
    boolean found = false;
    for (String expected : challenge.codeHashes()) {
      found |= MessageDigest.isEqual(Base64.getUrlDecoder().decode(expected), actual);
    }
    return found;
  }

  private byte[] mac(Challenge challenge, OneTimeCode code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream fields = new DataOutputStream(bytes)) {
      // writeUTF puts the length before each field, so no two different lists give the same bytes
      fields.writeUTF(challenge.id());
      fields.writeUTF(challenge.purpose().name());
      fields.writeUTF(challenge.userId());
      fields.writeUTF(challenge.number());
      fields.writeUTF(code.digits());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return hmac(key, bytes.toByteArray());
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
}
