package com.smspm.keycloak.limits;

/**
 * How many of the messages to a range or a country were worth their money.
 *
 * @param messages that had their time to be answered
 * @param verified how many of them were answered with the right code
 */
record Conversion(int messages, int verified) {

  /** So few messages say nothing: some people always give up. */
  static final int ENOUGH = 20;

  /** As many are enough where somebody walks through the numbers one after the other. */
  static final int ENOUGH_IN_SEQUENCE = 10;

  /** People enter four of five codes or more; bots that pump enter none. */
  static final int LEAST_PERCENT = 20;

  /**
   * Whether this looks like messages that are sent for the sake of being paid for.
   *
   * @param inSequence whether the numbers were asked for in sequence. That makes fewer messages
   *     enough and changes nothing else: a range with good conversion is never suspicious.
   */
  boolean isLow(boolean inSequence) {
    return messages >= (inSequence ? ENOUGH_IN_SEQUENCE : ENOUGH)
        && verified * 100L < messages * (long) LEAST_PERCENT;
  }
}
