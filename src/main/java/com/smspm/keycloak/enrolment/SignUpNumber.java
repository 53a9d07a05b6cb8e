package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.phone.PhoneNumber;
import java.util.Optional;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The number given at sign-up, on its way from the registration form to the required action that
 * proves it. It lives in the authentication session alone: who goes away leaves no number behind.
 */
final class SignUpNumber {

  private static final String NOTE = "smspm.sign-up-number";
  private static final String SEPARATOR = " ";

  private SignUpNumber() {}

  static void keep(AuthenticationSessionModel authSession, UserModel user, PhoneNumber number) {
    authSession.setAuthNote(NOTE, user.getId() + SEPARATOR + number.e164());
  }

  /** The number, once: a page that is shown again must not begin anew. */
  static Optional<PhoneNumber> take(AuthenticationSessionModel authSession, UserModel user) {
    String note = authSession.getAuthNote(NOTE);
    authSession.removeAuthNote(NOTE);
    String own = user.getId() + SEPARATOR;
    return note != null && note.startsWith(own)
        ? PhoneNumber.ofE164(note.substring(own.length()))
        : Optional.empty();
  }
}
