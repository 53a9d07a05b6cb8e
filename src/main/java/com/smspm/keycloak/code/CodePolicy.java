package com.smspm.keycloak.code;

import java.time.Duration;

/**
 * How codes are made and how long they live. The bounds are absolute: no setting gets around them.
 *
 * @param length digits, 6 to 8 (at least six: NIST SP 800-63B-4 §3.1.3.2)
 * @param validity from 1 to 10 minutes (at most ten: same section; OWASP ASVS 5 6.5.5)
 * @param maxAttempts codes that may be tried in one challenge, 3 to 5 (at most five: RTS 2018/389
 *     article 4)
 * @param resendWait the shortest time between two messages, 15 seconds to 5 minutes
 */
public record CodePolicy(int length, Duration validity, int maxAttempts, Duration resendWait) {

  public static final int MIN_LENGTH = 6;
  public static final int MAX_LENGTH = 8;
  public static final Duration MIN_VALIDITY = Duration.ofMinutes(1);
  public static final Duration MAX_VALIDITY = Duration.ofMinutes(10);
  public static final int MIN_ATTEMPTS = 3;
  public static final int MAX_ATTEMPTS = 5;
  public static final Duration MIN_RESEND_WAIT = Duration.ofSeconds(15);
  public static final Duration MAX_RESEND_WAIT = Duration.ofMinutes(5);

  /** Six digits, five minutes, five attempts, thirty seconds. */
  public static final CodePolicy DEFAULT =
      new CodePolicy(6, Duration.ofMinutes(5), 5, Duration.ofSeconds(30));

  /**
   * @throws IllegalArgumentException when a value is out of its bounds
   */
  public CodePolicy {
    check("length", length >= MIN_LENGTH && length <= MAX_LENGTH);
    check("validity", within(validity, MIN_VALIDITY, MAX_VALIDITY));
    check("maxAttempts", maxAttempts >= MIN_ATTEMPTS && maxAttempts <= MAX_ATTEMPTS);
    check("resendWait", within(resendWait, MIN_RESEND_WAIT, MAX_RESEND_WAIT));
  }

  private static boolean within(Duration value, Duration least, Duration most) {
    return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
  }

  private static void check(String name, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is out of its bounds");
    }
  }
}
