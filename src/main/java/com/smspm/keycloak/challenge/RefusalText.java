package com.smspm.keycloak.challenge;

import com.smspm.keycloak.phone.NumberRefusal;

/** What a number page says of a number that it does not take. */
public final class RefusalText {

  private RefusalText() {}

  /** The key of the text. */
  public static String of(NumberRefusal refusal) {
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
