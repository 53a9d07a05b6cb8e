package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.phone.PhoneNumber;
import jakarta.ws.rs.core.Response;
import org.keycloak.forms.login.LoginFormsProvider;

/**
 * The page that asks whether a number is still the user's. The getters are what {@code
 * smspm-confirm-number.ftl} sees as {@code smspmConfirm}.
 */
public final class ConfirmationPage {

  private static final String TEMPLATE = "smspm-confirm-number.ftl";

  private final PhoneNumber number;
  private final boolean postponable;
  private final boolean changePossible;
  private final boolean beforeChange;

  ConfirmationPage(
      PhoneNumber number, boolean postponable, boolean changePossible, boolean beforeChange) {
    this.number = number;
    this.postponable = postponable;
    this.changePossible = changePossible;
    this.beforeChange = beforeChange;
  }

  Response show(LoginFormsProvider form) {
    return form.setAttribute("smspmConfirm", this).createForm(TEMPLATE);
  }

  Response show(LoginFormsProvider form, String error, Object... parameters) {
    return show(form.setError(error, parameters));
  }

  public String getMaskedNumber() {
    return number.masked();
  }

  public boolean isPostponable() {
    return postponable;
  }

  public boolean isChangePossible() {
    return changePossible;
  }

  /** Whether an application wants the number to be changed, and this one has to be proven first. */
  public boolean isBeforeChange() {
    return beforeChange;
  }
}
