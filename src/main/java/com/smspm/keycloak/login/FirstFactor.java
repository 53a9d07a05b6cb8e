package com.smspm.keycloak.login;

import com.smspm.keycloak.credential.IdentifiedByNumber;
import com.smspm.keycloak.credential.SetByNumber;
import com.smspm.keycloak.credential.Shown;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;

/**
 * Whether a number has done its part as a first factor already: then a code by SMS is no second
 * one. That holds in the login that it began, in the session which came of it, and beside a
 * password that was set on the number's word.
 */
final class FirstFactor {

  private FirstFactor() {}

  /**
   * As {@link #isUsed}, but for a session that goes on, which may be begun anew with the number;
   * not to reach a higher level.
   */
  static boolean isUsedInLogin(AuthenticationFlowContext context) {
    AuthenticationSessionModel login = context.getAuthenticationSession();
    UserModel user = context.getUser();
    return user != null
        && (IdentifiedByNumber.isInLogin(login, user.getId())
            || (Shown.in(context.getSession(), login).contains(PasswordCredentialModel.TYPE)
                && SetByNumber.isPassword(user))
            || (SecondStep.isInHigherLevel(context) && isUsed(context)));
  }

  static boolean isUsed(AuthenticationFlowContext context) {
    KeycloakSession session = context.getSession();
    AuthenticationSessionModel login = context.getAuthenticationSession();
    String user = context.getUser().getId();
    Set<String> shown = Shown.in(session, login);
    boolean passwordMayHaveBeenShown =
        shown.isEmpty() || shown.contains(PasswordCredentialModel.TYPE);
    return (passwordMayHaveBeenShown && SetByNumber.isPassword(context.getUser()))
        || IdentifiedByNumber.isInLogin(login, user)
        || (shown.isEmpty()
            && (IdentifiedByNumber.isSession(session, login, user)
                || isOfSessionThatIsGone(context)));
  }

  /**
   * Where nothing was shown: the user comes from a cookie that an earlier request brought and this
   * one does not. So nobody can tell what that session stood on, and it may have been a number.
   */
  private static boolean isOfSessionThatIsGone(AuthenticationFlowContext context) {
    AuthenticationSessionModel login = context.getAuthenticationSession();
    return LoginActionsService.AUTHENTICATE_PATH.equals(context.getFlowPath())
        && login.getExecutionStatus().entrySet().stream()
            .filter(it -> it.getValue() == ExecutionStatus.SUCCESS)
            .map(it -> context.getRealm().getAuthenticationExecutionById(it.getKey()))
            .noneMatch(it -> it != null && it.getAuthenticator() != null)
        && !IdentifiedByNumber.isOfSession(context.getSession(), login, context.getUser().getId());
  }
}
