package com.smspm.keycloak.code;

import java.security.SecureRandom;
import java.util.Objects;

/**
 * A code in clear: it exists between its generator and the text of the message, and while one is
 * tried.
 */
public final class OneTimeCode {

  private final String digits;

  private OneTimeCode(String digits) {
    this.digits = digits;
  }

  /**
   * A fresh code, uniform over all codes of this length, leading zeros included.
   *
   * @param length 6 to 8 digits
   */
  public static OneTimeCode generate(SecureRandom random, int length) {
    if (length < CodePolicy.MIN_LENGTH || length > CodePolicy.MAX_LENGTH) {
      throw new IllegalArgumentException("length is out of its bounds");
    }
    StringBuilder digits = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return new OneTimeCode(digits.toString());
  }

  static OneTimeCode of(String digits) {
    return new OneTimeCode(Objects.requireNonNull(digits));
  }

  /** The digits, in ASCII. A secret. */
  public String digits() {
    return digits;
  }

  /** Never the digits. */
  @Override
  public String toString() {
    return "OneTimeCode[" + digits.length() + " digits]";
  }
}
