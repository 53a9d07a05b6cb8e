package com.smspm.keycloak.phone;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A telephone number in E.164 form (ITU-T E.164 §6.2.1: a plus sign and at most 15 digits, the
 * first of them not zero). It says nothing about whether the number is in use, allowed or
 * anybody's.
 *
 * @param e164 the number, for example {@code +37256789045}
 */
public record PhoneNumber(String e164) {

  /** The shortest in use, of Niue and Tokelau: three digits for the country and four. */
  private static final int SHORTEST = 7;

  private static final int LONGEST = 15;
  private static final String HIDDEN = " •••• ";
  private static final int VISIBLE_DIGITS = 3;

  /** None begins with another one, and none is longer (ITU-T E.164 §6.2.1). */
  private static final int LONGEST_CALLING_CODE = 3;

  private static final Set<Integer> CALLING_CODES =
      PhoneNumberUtil.getInstance().getSupportedCallingCodes();

  /**
   * @throws IllegalArgumentException when it is not E.164; the message does not repeat the input
   */
  public PhoneNumber {
    if (!isE164(e164)) {
      throw new IllegalArgumentException("not an E.164 number");
    }
  }

  /** The number, when the text is exactly one in E.164 form: nothing is normalised here. */
  public static Optional<PhoneNumber> ofE164(String text) {
    return isE164(text) ? Optional.of(new PhoneNumber(text)) : Optional.empty();
  }

  /** Without a regular expression: numbers are made of stored texts several times in each login. */
  private static boolean isE164(String text) {
    int digits = text == null ? 0 : text.length() - 1;
    if (digits < SHORTEST || digits > LONGEST || text.charAt(0) != '+' || text.charAt(1) == '0') {
      return false;
    }
    for (int i = 1; i <= digits; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * What may be shown of a stored number: calling code and last three digits, {@code +372 ••••
   * 045}; fewer where a country's numbers are so short that half of the digits would not stay
   * hidden. A number of no known country shows its last three digits only. To be written from left
   * to right, whatever the language.
   */
  public String masked() {
    OptionalInt split = nationalStart();
    if (split.isEmpty()) {
      return "+" + HIDDEN.stripLeading() + end(VISIBLE_DIGITS);
    }
    int nationalDigits = e164.length() - split.getAsInt();
    return e164.substring(0, split.getAsInt())
        + HIDDEN
        + end(Math.min(VISIBLE_DIGITS, nationalDigits / 2));
  }

  /** Where the calling code ends; nothing where no country or network has it. */
  OptionalInt nationalStart() {
    for (int end = 2; end <= LONGEST_CALLING_CODE + 1; end++) {
      if (CALLING_CODES.contains(Integer.valueOf(e164.substring(1, end)))) {
        return OptionalInt.of(end);
      }
    }
    return OptionalInt.empty();
  }

  private String end(int digits) {
    return e164.substring(e164.length() - digits);
  }

  /** The masked form, so that a number in a log line or an exception is never the whole one. */
  @Override
  public String toString() {
    return masked();
  }
}
