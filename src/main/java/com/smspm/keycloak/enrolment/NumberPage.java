package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.CountryChoice;
import com.smspm.keycloak.phone.Countries;
import com.smspm.keycloak.phone.NumberPolicy;
import com.smspm.keycloak.phone.PhoneNumber;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/**
 * The page for entering a number. The getters are what {@code smspm-phone-number.ftl} sees as
 * {@code smspmNumber}.
 */
public final class NumberPage {

  private static final String TEMPLATE = "smspm-phone-number.ftl";
  private static final String FIELD = "phoneNumber";

  /** Longer than any number; what is shown again is no place to store things. */
  private static final int LONGEST_ECHO = 64;

  private final NumberPolicy policy;
  private final Locale locale;
  private final Optional<PhoneNumber> current;
  private final boolean strongerOffered;
  private final boolean appInitiated;
  private final String country;
  private final String typed;

  /**
   * @param country chosen in the form, null at first
   * @param typed what was entered, null at first
   */
  NumberPage(
      NumberPolicy policy,
      Locale locale,
      Optional<PhoneNumber> current,
      boolean strongerOffered,
      boolean appInitiated,
      String country,
      String typed) {
    this.policy = policy;
    this.locale = locale;
    this.current = current;
    this.strongerOffered = strongerOffered;
    this.appInitiated = appInitiated;
    this.country = country;
    this.typed = typed;
  }

  Response show(LoginFormsProvider form) {
    return form.setAttribute("smspmNumber", this).createForm(TEMPLATE);
  }

  Response show(LoginFormsProvider form, String error, Object... parameters) {
    return show(form.addError(new FormMessage(FIELD, error, parameters)));
  }

  /** What is selected in the list; empty when nothing is. */
  public String getCountry() {
    return Countries.preselected(policy, country, locale).orElse("");
  }

  /** Whether the user must choose one, or begin the number with a plus sign. */
  public boolean isCountryMissing() {
    return getCountry().isEmpty();
  }

  public String getPhoneNumber() {
    return typed == null || typed.length() > LONGEST_ECHO ? "" : typed;
  }

  public List<CountryChoice> getCountries() {
    return CountryChoice.list(policy, locale);
  }

  public String getExample() {
    return Countries.exampleMobile(getCountry()).orElse("");
  }

  public String getCurrentMasked() {
    return current.map(PhoneNumber::masked).orElse("");
  }

  public boolean isStrongerOffered() {
    return strongerOffered;
  }

  public boolean isAppInitiated() {
    return appInitiated;
  }
}
