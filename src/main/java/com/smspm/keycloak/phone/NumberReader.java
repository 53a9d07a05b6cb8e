package com.smspm.keycloak.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Finds the number that somebody means, and whether such a number is in use; no policy yet. */
final class NumberReader {

  /**
   * The longest input that is looked at, in UTF-16 units: room for 15 digits with a separator each,
   * brackets, a scheme and invisible marks.
   */
  static final int MAX_INPUT = 64;

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  /** The prefix for international calls that ITU-T E.164 §A recommends to every country. */
  private static final String INTERNATIONAL = "00";

  private static final String TRUNK_ZERO = "(0)";

  /**
   * What was read.
   *
   * @param known what libphonenumber knows of it; null where it knows nothing
   */
  record Reading(NumberCheck check, Phonenumber.PhoneNumber known) {}

  private NumberReader() {}

  /**
   * Reads what somebody wrote.
   *
   * @param country where a national spelling is at home, ISO 3166 and known to libphonenumber
   */
  static NumberCheck read(String input, Optional<String> country) {
    if (input == null || input.isEmpty()) {
      return NumberCheck.refused(NumberRefusal.EMPTY);
    }
    if (input.length() > MAX_INPUT) {
      return NumberCheck.refused(NumberRefusal.NOT_A_NUMBER);
    }
    if (Spelling.isBlank(input)) {
      return NumberCheck.refused(NumberRefusal.EMPTY);
    }
    return Spelling.reduce(input)
        .map(spelling -> firstInUse(spelling, country))
        .orElse(NumberCheck.refused(NumberRefusal.NOT_A_NUMBER));
  }

  /** The reading that gives a number in use; else what is wrong with the most literal reading. */
  private static NumberCheck firstInUse(String spelling, Optional<String> country) {
    NumberCheck literal = null;
    for (String reading : readings(spelling, country)) {
      NumberCheck check = parse(reading, country.orElse(null)).check();
      if (check instanceof NumberCheck.Accepted) {
        return check;
      }
      literal = literal == null ? check : literal;
    }
    return literal == null ? NumberCheck.refused(NumberRefusal.COUNTRY_MISSING) : literal;
  }

  /**
   * What the spelling may stand for, most literal first. In {@code +44 (0)7911…} the zero is not
   * dialled, in {@code +39 (0)6…} it is. And {@code 00} means plus for most of the world, also to
   * people whose country dials something else, such as {@code 011}.
   */
  private static Set<String> readings(String spelling, Optional<String> country) {
    Set<String> readings = new LinkedHashSet<>();
    for (String variant : new String[] {spelling, spelling.replace(TRUNK_ZERO, "")}) {
      String dialled = variant.replaceAll("[()]", "");
      if (country.isPresent() || dialled.startsWith("+")) {
        readings.add(dialled);
      }
      if (dialled.startsWith(INTERNATIONAL)) {
        readings.add("+" + dialled.substring(INTERNATIONAL.length()));
      }
    }
    return readings;
  }

  /** Reads digits, after a plus sign or in a country's own way, and asks whether they can exist. */
  static Reading parse(String dialled, String country) {
    try {
      Phonenumber.PhoneNumber number = NUMBERS.parse(dialled, country);
      return new Reading(inUse(number), number);
    } catch (NumberParseException e) {
      return new Reading(NumberCheck.refused(refusal(e.getErrorType())), null);
    }
  }

  /**
   * Reads a number that is already in the form that one in use has: nothing has to be found out
   * about its spelling, and what can receive a message is read as itself (a property test holds
   * it). Where its digits as they stand are no number in use, the reading of them as something
   * dialled tells why.
   */
  static Reading known(PhoneNumber number) {
    OptionalInt split = number.nationalStart();
    if (split.isPresent()) {
      Phonenumber.PhoneNumber literal = literal(number.e164(), split.getAsInt());
      if (NUMBERS.isValidNumber(literal)) {
        return new Reading(NumberCheck.accepted(number), literal);
      }
    }
    return parse(number.e164(), null);
  }

  private static Phonenumber.PhoneNumber literal(String e164, int nationalStart) {
    String national = e164.substring(nationalStart);
    int zeros = 0;
    while (zeros < national.length() - 1 && national.charAt(zeros) == '0') {
      zeros++;
    }
    Phonenumber.PhoneNumber number =
        new Phonenumber.PhoneNumber()
            .setCountryCode(Integer.parseInt(e164.substring(1, nationalStart)))
            .setNationalNumber(Long.parseLong(national));
    return zeros == 0 ? number : number.setItalianLeadingZero(true).setNumberOfLeadingZeros(zeros);
  }

  private static NumberCheck inUse(Phonenumber.PhoneNumber number) {
    NumberRefusal refusal = refusal(NUMBERS.isPossibleNumberWithReason(number));
    if (refusal != null) {
      return NumberCheck.refused(refusal);
    }
    if (!NUMBERS.isValidNumber(number)) {
      return NumberCheck.refused(NumberRefusal.NOT_IN_USE);
    }
    // Some plans have numbers of more than the 15 digits that E.164 allows: no text message arrives
    return PhoneNumber.ofE164(NUMBERS.format(number, PhoneNumberFormat.E164))
        .map(NumberCheck::accepted)
        .orElse(NumberCheck.refused(NumberRefusal.TOO_LONG));
  }

  private static NumberRefusal refusal(NumberParseException.ErrorType error) {
    return switch (error) {
      case TOO_LONG -> NumberRefusal.TOO_LONG;
      case INVALID_COUNTRY_CODE -> NumberRefusal.NOT_IN_USE;
      // "Not a number" can only mean a single digit here: everything else was refused before
      case NOT_A_NUMBER, TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN -> NumberRefusal.TOO_SHORT;
    };
  }

  private static NumberRefusal refusal(PhoneNumberUtil.ValidationResult length) {
    return switch (length) {
      case IS_POSSIBLE -> null;
      case TOO_SHORT, IS_POSSIBLE_LOCAL_ONLY -> NumberRefusal.TOO_SHORT;
      case TOO_LONG -> NumberRefusal.TOO_LONG;
      case INVALID_COUNTRY_CODE, INVALID_LENGTH -> NumberRefusal.NOT_IN_USE;
    };
  }
}
