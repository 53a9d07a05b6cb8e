package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.phone.NumberRefusal;

/** What is said about a number that cannot be used, on every page that takes one. */
final class NumberMessages {

  private NumberMessages() {}

  /** The message key for a refusal; none of the texts has parameters. */
  static String keyOf(NumberRefusal refusal) {
    return switch (refusal) {
      case EMPTY -> "smspmNumberEmpty";
      case NOT_A_NUMBER -> "smspmNumberNotANumber";
      case COUNTRY_MISSING -> "smspmNumberCountryMissing";
      case TOO_SHORT -> "smspmNumberTooShort";
      case TOO_LONG -> "smspmNumberTooLong";
      case NOT_IN_USE -> "smspmNumberNotInUse";
      case LANDLINE -> "smspmNumberLandline";
      case KIND_REFUSED -> "smspmNumberKindRefused";
      case COUNTRY_REFUSED -> "smspmNumberCountryRefused";
      case PREFIX_REFUSED -> "smspmNumberPrefixRefused";
    };
  }
}
