package com.smspm.keycloak.phone;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Ten thousand numbers that begin alike: a number without its last four digits. That is about how
 * operators hand them out and how the fraud with them is run. Countries with very short numbers are
 * one range as a whole.
 *
 * @param prefix a plus sign and 3 to 11 digits, for example {@code +3725678}
 */
public record NumberRange(String prefix) {

  private static final int HIDDEN_DIGITS = 4;
  private static final Pattern PREFIX = Pattern.compile("\\+[1-9][0-9]{2,10}");

  /**
   * @throws IllegalArgumentException when it is none; the message does not repeat the input
   */
  public NumberRange {
    if (prefix == null || !PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException("not a range of numbers");
    }
  }

  /** The range that a number belongs to. */
  public static NumberRange of(PhoneNumber number) {
    String e164 = number.e164();
    return new NumberRange(e164.substring(0, e164.length() - HIDDEN_DIGITS));
  }

  /** The range, when the text is exactly the beginning of one. */
  public static Optional<NumberRange> ofPrefix(String text) {
    return text != null && PREFIX.matcher(text).matches()
        ? Optional.of(new NumberRange(text))
        : Optional.empty();
  }

  /** For people: {@code +3725678••••}. It names nobody, and holds nothing but digits and dots. */
  public String masked() {
    return prefix + "•".repeat(HIDDEN_DIGITS);
  }

  @Override
  public String toString() {
    return masked();
  }
}
