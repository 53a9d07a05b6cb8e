package com.smspm.keycloak.phone;

/**
 * Why no code is sent to a number. A closed set: each has a text of its own on the number page, and
 * becomes an event detail.
 */
public enum NumberRefusal {
  /** Nothing was entered. */
  EMPTY,
  /** Letters, an extension, dial codes such as {@code *31#}, or more than one number. */
  NOT_A_NUMBER,
  /** A national spelling, and no country to read it in. */
  COUNTRY_MISSING,
  /** Too few digits for its country. */
  TOO_SHORT,
  /** Too many digits for its country. */
  TOO_LONG,
  /** The right length, but no number of its country, or of any country, begins like this. */
  NOT_IN_USE,
  /** A fixed line, where only mobile numbers are accepted. */
  LANDLINE,
  /**
   * Premium rate, shared cost, toll-free, pager, voicemail, company-wide or personal number; or
   * VoIP where that is not allowed.
   */
  KIND_REFUSED,
  /** A country that is denied or not allowed, or a number of no country. */
  COUNTRY_REFUSED,
  /** A range that is denied. */
  PREFIX_REFUSED
}
