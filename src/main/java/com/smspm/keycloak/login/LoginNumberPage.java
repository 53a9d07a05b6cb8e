package com.smspm.keycloak.login;

import com.smspm.keycloak.challenge.CountryChoice;
import com.smspm.keycloak.phone.Countries;
import com.smspm.keycloak.phone.NumberPolicy;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The page that a number is entered on to log in. The getters are what {@code
 * smspm-phone-login.ftl} sees as {@code smspmNumber}.
 */
public final class LoginNumberPage {

  private static final String TEMPLATE = "smspm-phone-login.ftl";
  private static final String FIELD = "phoneNumber";

  /** Longer than any number or name; what is shown again is no place to store things. */
  private static final int LONGEST_ECHO = 255;

  /**
   * What the page depends on.
   *
   * @param usernames whether a username may be entered as well
   */
  record View(AuthenticationFlowContext context, NumberPolicy policy, boolean usernames) {

    /** What the application or the last login knows; a name only where one may be entered. */
    String hint() {
      return Optional.ofNullable(
              context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM))
          .or(
              () ->
                  Optional.ofNullable(
                      AuthenticationManager.getRememberMeUsername(context.getSession())))
          .filter(it -> usernames || policy.read(it, null).fold(yes -> true, no -> false))
          .orElse("");
    }
  }

  private final View view;
  private final Locale locale;
  private final String country;
  private final String typed;

  private LoginNumberPage(View view, String country, String typed) {
    this.view = view;
    this.locale = view.context().getSession().getContext().resolveLocale(view.context().getUser());
    this.country = country;
    this.typed = typed;
  }

  static Response first(View view) {
    return new LoginNumberPage(view, null, view.hint()).show(form(view));
  }

  /** The page with what is wrong about what was entered. */
  static Response again(
      View view, String country, String typed, String error, Object... parameters) {
    return new LoginNumberPage(view, country, typed)
        .show(form(view).addError(new FormMessage(FIELD, error, parameters)));
  }

  private static LoginFormsProvider form(View view) {
    Passkeys.offer(view.context());
    return view.context().form();
  }

  private Response show(LoginFormsProvider form) {
    return form.setAttribute("smspmNumber", this).createForm(TEMPLATE);
  }

  public boolean isUsernames() {
    return view.usernames();
  }

  public boolean isRememberMe() {
    return "true"
        .equals(view.context().getAuthenticationSession().getAuthNote(Details.REMEMBER_ME));
  }

  /** What is selected in the list; empty when nothing is. */
  public String getCountry() {
    return Countries.preselected(view.policy(), country, locale).orElse("");
  }

  /** Whether the user must choose one, or begin the number with a plus sign. */
  public boolean isCountryMissing() {
    return getCountry().isEmpty();
  }

  public String getPhoneNumber() {
    return typed == null || typed.length() > LONGEST_ECHO ? "" : typed;
  }

  public List<CountryChoice> getCountries() {
    return CountryChoice.list(view.policy(), locale);
  }

  public String getExample() {
    return Countries.exampleMobile(getCountry()).orElse("");
  }
}
