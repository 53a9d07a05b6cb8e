package com.smspm.keycloak.challenge;

import com.smspm.keycloak.phone.Countries;
import com.smspm.keycloak.phone.NumberPolicy;
import java.util.List;
import java.util.Locale;

/** One entry of the country list, the same wherever a number is entered. */
public final class CountryChoice {

  private final String iso;
  private final String name;
  private final String callingCode;

  private CountryChoice(String iso, String name, String callingCode) {
    this.iso = iso;
    this.name = name;
    this.callingCode = callingCode;
  }

  /** All countries whose numbers the policy does not refuse, in the order of a language. */
  public static List<CountryChoice> list(NumberPolicy policy, Locale locale) {
    return Countries.list(policy, locale).stream()
        .map(it -> new CountryChoice(it.iso(), it.name(), Integer.toString(it.callingCode())))
        .toList();
  }

  public String getIso() {
    return iso;
  }

  public String getName() {
    return name;
  }

  public String getCallingCode() {
    return callingCode;
  }

  public String getExample() {
    return Countries.exampleMobile(iso).orElse("");
  }
}
