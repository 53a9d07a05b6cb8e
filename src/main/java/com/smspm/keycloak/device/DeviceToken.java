package com.smspm.keycloak.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser keeps of its being trusted: a series that says which device it is, and a secret
 * that is another one after each use. Whoever shows the right series with a secret that is no
 * longer good has a copy; without the series nobody can make it look so.
 *
 * @param series the same for as long as the device is trusted
 * @param secret good until it has been used
 */
record DeviceToken(String series, String secret) {

  /** 256 bits each: nothing to guess, so a plain hash is enough to store (NIST SP 800-63B-4). */
  private static final int BYTES = 32;

  private static final String PART = "([A-Za-z0-9_-]{43})"; // 32 bytes in Base64
  private static final Pattern FORM = Pattern.compile(PART + "\\." + PART);

  static DeviceToken fresh(SecureRandom random) {
    return new DeviceToken(part(random), part(random));
  }

  /** The same device's next one. */
  DeviceToken renewed(SecureRandom random) {
    return new DeviceToken(series, part(random));
  }

  private static String part(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Reads what a browser sent; nothing where that has any other form. */
  static Optional<DeviceToken> parse(String cookie) {
    Matcher matcher = FORM.matcher(cookie == null ? "" : cookie);
    return matcher.matches()
        ? Optional.of(new DeviceToken(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  String encode() {
    return series + "." + secret;
  }

  String seriesHash() {
    return hash(series);
  }

  String secretHash() {
    return hash(secret);
  }

  /** SHA-256, in URL-safe Base64. */
  static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }

  /** Neither part may come into a log by accident. */
  @Override
  public String toString() {
    return "DeviceToken";
  }
}
