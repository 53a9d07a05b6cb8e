package com.smspm.keycloak.challenge;

import com.smspm.keycloak.phone.PhoneNumber;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Whose code was entered in this login: nobody needs to ask for another one to the same number. */
public final class ShownNumber {

  private static final String NOTE = "smspm.shown";

  private ShownNumber() {}

  static void note(AuthenticationSessionModel authSession, PhoneNumber number) {
    authSession.setAuthNote(NOTE, number.e164());
  }

  /** Whether a code to this number was entered in this login. */
  public static boolean is(AuthenticationSessionModel authSession, PhoneNumber number) {
    return number.e164().equals(authSession.getAuthNote(NOTE));
  }
}
