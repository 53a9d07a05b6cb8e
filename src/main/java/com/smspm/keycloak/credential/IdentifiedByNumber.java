package com.smspm.keycloak.credential;

import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
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

  /**
   * Writes into a login that goes on from a session what that session stands on. A login that still
   * has something to do ends in a session of its own where the cookies are of two, and its later
   * requests may come without the one that told.
   */
  public static void carry(
      KeycloakSession session, AuthenticationSessionModel authSession, UserModel user) {
    if (!isInLogin(authSession, user.getId()) && is(session, authSession, user.getId())) {
      remember(authSession, user);
    }
  }

  /** Whether a number, and nothing beside it, stands behind this login. */
  public static boolean is(
      KeycloakSession session, AuthenticationSessionModel authSession, String userId) {
    if (isInLogin(authSession, userId)) {
      return true;
    }
    // A session that goes on: nothing was shown in this login but the cookie
    return Shown.in(session, authSession).isEmpty() && isSession(session, authSession, userId);
  }

  /** Whether a number has begun this very login. */
  public static boolean isInLogin(AuthenticationSessionModel authSession, String userId) {
    return userId.equals(authSession.getAuthNote(NOTE));
  }

  /**
   * Whether the session that goes on stands on a number. Both cookies lead to a session, and
   * Keycloak does not see to it that it is the same one.
   */
  public static boolean isSession(
      KeycloakSession session, AuthenticationSessionModel authSession, String userId) {
    return sessions(session, authSession).anyMatch(it -> is(it, userId));
  }

  /** The session stands on a number, and on nothing beside it. */
  static void remember(UserSessionModel userSession, UserModel user) {
    userSession.setNote(NOTE, user.getId());
  }

  static void forget(UserSessionModel userSession) {
    userSession.removeNote(NOTE);
  }

  static boolean is(UserSessionModel userSession, String userId) {
    return userId.equals(userSession.getNote(NOTE));
  }

  /** Whether a session of this user goes on. */
  public static boolean isOfSession(
      KeycloakSession session, AuthenticationSessionModel authSession, String userId) {
    return sessions(session, authSession)
        .anyMatch(it -> it.getUser() != null && userId.equals(it.getUser().getId()));
  }

  // Before 26.7 there is no other way to ask the answer for its session
  @SuppressWarnings({"deprecation", "removal"})
  static Stream<UserSessionModel> sessions(
      KeycloakSession session, AuthenticationSessionModel authSession) {
    RealmModel realm = authSession.getRealm();
    AuthResult identity = AuthenticationManager.authenticateIdentityCookie(session, realm, true);
    return Stream.of(
            session.sessions().getUserSession(realm, authSession.getParentSession().getId()),
            identity == null ? null : identity.getSession())
        .filter(Objects::nonNull);
  }
}
