package com.smspm.keycloak.login;

import com.smspm.keycloak.credential.IdentifiedByNumber;
import com.smspm.keycloak.credential.SetByNumber;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether a number has done its part as a first factor already: then a code by SMS is no second
 * one. That holds in the login that it began, in the session which came of it, and beside a
 * password that was set on the number's word.
 */
final class FirstFactor {

  private FirstFactor() {}

  /**
   * As {@link #isUsed}, but for a session that goes on, which may be begun anew with the number.
   */
  static boolean isUsedInLogin(AuthenticationFlowContext context) {
    AuthenticationSessionModel login = context.getAuthenticationSession();
    UserModel user = context.getUser();
    return user != null
        && (IdentifiedByNumber.isInLogin(login, user.getId())
            || (AuthenticatorUtil.getAuthnCredentials(login).contains(PasswordCredentialModel.TYPE)
                && SetByNumber.isPassword(user)));
  }

  static boolean isUsed(AuthenticationFlowContext context) {
    List<String> shown = AuthenticatorUtil.getAuthnCredentials(context.getAuthenticationSession());
    boolean passwordMayHaveBeenShown =
        shown.isEmpty() || shown.contains(PasswordCredentialModel.TYPE);
    return (passwordMayHaveBeenShown && SetByNumber.isPassword(context.getUser()))
        || IdentifiedByNumber.is(
            context.getSession(), context.getAuthenticationSession(), context.getUser().getId());
  }
}
