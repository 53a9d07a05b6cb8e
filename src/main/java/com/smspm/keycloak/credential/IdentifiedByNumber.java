package com.smspm.keycloak.credential;

import java.util.List;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Remembers that a user was identified by a number and by nothing else: in the login, and in the
 * session that comes of it.
 */
public final class IdentifiedByNumber {

  private static final String NOTE = "smspm.first-factor";

  private IdentifiedByNumber() {}

  /** A code by SMS was the first factor. */
  public static void remember(AuthenticationSessionModel authSession, UserModel user) {
    authSession.setAuthNote(NOTE, user.getId());
    authSession.setUserSessionNote(NOTE, user.getId());
  }

  /** From here on the session stands on another first factor. */
  public static void forget(AuthenticationSessionModel authSession) {
    authSession.setUserSessionNote(NOTE, "");
  }

  /** Whether a number, and nothing beside it, stands behind this login. */
  public static boolean is(
      KeycloakSession session, AuthenticationSessionModel authSession, String userId) {
    if (userId.equals(authSession.getAuthNote(NOTE))) {
      return true;
    }
    List<String> shown = AuthenticatorUtil.getAuthnCredentials(authSession);
    // A session that goes on: nothing was shown in this login but the cookie
    return shown.isEmpty() && userId.equals(ofSession(session, authSession));
  }

  private static String ofSession(KeycloakSession session, AuthenticationSessionModel authSession) {
    UserSessionModel userSession =
        session
            .sessions()
            .getUserSession(authSession.getRealm(), authSession.getParentSession().getId());
    return userSession == null ? null : userSession.getNote(NOTE);
  }
}
