package com.smspm.keycloak.credential;

import java.util.LinkedHashSet;
import java.util.Set;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The types of the credentials that were shown in a login. */
public final class Shown {

  private static final String COUNTED_AS = "smspm.counted-as";

  private Shown() {}

  /**
   * Has Keycloak count this login as one with a credential of a type that was not shown, which it
   * asks for where it counts failures.
   */
  public static void countAs(AuthenticationSessionModel login, String type) {
    if (!AuthenticatorUtil.getAuthnCredentials(login).contains(type)) {
      login.setAuthNote(COUNTED_AS, type);
    }
    AuthenticatorUtil.addAuthCredential(login, type);
  }

  /** What was really shown; empty where a session goes on, or an identity provider has asked. */
  public static Set<String> in(AuthenticationSessionModel login) {
    Set<String> shown = new LinkedHashSet<>(AuthenticatorUtil.getAuthnCredentials(login));
    shown.remove(login.getAuthNote(COUNTED_AS));
    return shown;
  }
}
