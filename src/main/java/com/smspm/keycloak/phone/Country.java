package com.smspm.keycloak.phone;

/**
 * A country to choose on the number page.
 *
 * @param iso ISO 3166 alpha-2
 * @param name in the reader's language
 * @param callingCode without the plus sign; several countries may share one
 */
public record Country(String iso, String name, int callingCode) {}
