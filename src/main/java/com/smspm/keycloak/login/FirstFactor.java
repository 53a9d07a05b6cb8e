package com.smspm.keycloak.login;

import com.smspm.keycloak.credential.PhoneCredential;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether a number has done its part as a first factor already: then a code by SMS is no second
 * one. That holds in the login that it began, in the session which came of it, and beside a
 * password that was set on the number's word.
 */
final class FirstFactor {

  private static final String NOTE = "smspm.first-factor";

  private FirstFactor() {}

  /** A user was identified by a number, and by nothing else. */
  static void used(AuthenticationFlowContext context, UserModel user) {
    context.getAuthenticationSession().setAuthNote(NOTE, user.getId());
    context.getAuthenticationSession().setUserSessionNote(NOTE, user.getId());
  }

  /** A code by SMS was a second factor: from here on the session stands on another first one. */
  static void notUsed(AuthenticationFlowContext context) {
    context.getAuthenticationSession().setUserSessionNote(NOTE, "");
  }

  static boolean isUsed(AuthenticationFlowContext context, PhoneCredential credential) {
    UserModel user = context.getUser();
    AuthenticationSessionModel authSession = context.getAuthenticationSession();
    if (user.getId().equals(authSession.getAuthNote(NOTE))) {
      return true;
    }
    List<String> shown = AuthenticatorUtil.getAuthnCredentials(authSession);
    boolean passwordMayHaveBeenShown =
        shown.isEmpty() || shown.contains(PasswordCredentialModel.TYPE);
    if (credential.hasResetPassword() && passwordMayHaveBeenShown) {
      return true;
    }
    // A session that goes on: nothing was shown in this login but the cookie
    return shown.isEmpty() && user.getId().equals(ofSession(context));
  }

  private static String ofSession(AuthenticationFlowContext context) {
    UserSessionModel session =
        context
            .getSession()
            .sessions()
            .getUserSession(
                context.getRealm(), context.getAuthenticationSession().getParentSession().getId());
    return session == null ? null : session.getNote(NOTE);
  }
}
