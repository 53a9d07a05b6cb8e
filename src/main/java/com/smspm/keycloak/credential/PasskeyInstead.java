package com.smspm.keycloak.credential;

import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Remembers of a session that a step for codes by SMS was completed by a passkey. Keycloak keeps
 * only which steps were completed, and so this one would count as a code.
 */
public final class PasskeyInstead {

  private static final String NOTE = "smspm.passkey-instead";

  private PasskeyInstead() {}

  /** A passkey has completed the step. */
  public static void remember(AuthenticationSessionModel authSession, String execution) {
    authSession.setUserSessionNote(NOTE, execution);
  }

  /** A code has completed the step: whatever was in the session before. */
  public static void forget(AuthenticationSessionModel authSession) {
    authSession.setUserSessionNote(NOTE, "");
  }

  /** Whether the step was completed by a passkey. */
  public static boolean is(UserSessionModel session, String execution) {
    return execution.equals(session.getNote(NOTE));
  }
}
