package com.smspm.keycloak.challenge;

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
  private static final int MINUTES = 60;

  /**
   * @param seconds at least 1
   */
  public static WaitMessage of(long seconds) {
    return seconds <= MOST_COUNTED
        ? new WaitMessage("smspmMustWait", seconds)
        : new WaitMessage("smspmResendIn", clock(seconds));
  }

  static String clock(long seconds) {
    long minutes = seconds / MINUTE;
    return minutes < MINUTES
        ? minutes + ":" + twoDigits(seconds % MINUTE)
        : minutes / MINUTES
            + ":"
            + twoDigits(minutes % MINUTES)
            + ":"
            + twoDigits(seconds % MINUTE);
  }

  private static String twoDigits(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
