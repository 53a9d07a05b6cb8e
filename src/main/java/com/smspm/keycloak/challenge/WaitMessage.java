package com.smspm.keycloak.challenge;

import java.util.Locale;

/**
 * How a page says how long to wait: in seconds as long as anybody would count them, and then as a
 * clock does, {@code 59:20} or {@code 23:59:59}.
 *
 * @param key of the text
 * @param parameter of the text
 */
public record WaitMessage(String key, Object parameter) {

  private static final long MOST_COUNTED = 120;
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;

  /**
   * @param seconds at least 1
   */
  public static WaitMessage of(long seconds) {
    return seconds <= MOST_COUNTED
        ? new WaitMessage("smspmMustWait", seconds)
        : new WaitMessage("smspmResendIn", clock(seconds));
  }

  private static String clock(long seconds) {
    long rest = seconds % MINUTE;
    return seconds < HOUR
        ? String.format(Locale.ROOT, "%d:%02d", seconds / MINUTE, rest)
        : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / HOUR, seconds % HOUR / MINUTE, rest);
  }
}
