package com.smspm.keycloak.credential;

import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.events.Details;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What stands behind a login, and behind the session that comes of it: a number and what it has set
 * up, or something else.
 */
public record Proofs(KeycloakSession session, AuthenticationSessionModel login, UserModel user) {

  /** In a session: a code to the user's number was entered in it. */
  private static final String NUMBER_SHOWN = "smspm.number-shown";

  /** In a session: something else than the number has been shown in it. */
  private static final String PROVEN = "smspm.proven";

  private static final String SOMEHOW = "somehow";

  /** … and not just a password. */
  private static final String BY_FACTOR = "by-factor";

  /** Whether whoever has the SIM, and nothing else, could have come here. */
  boolean isNumberAlone() {
    if (isMailProven()) {
      // The link may have been opened where a session goes on that a number has begun
      return false;
    }
    return Shown.in(session, login).isEmpty()
        ? IdentifiedByNumber.is(session, login, user.getId())
        : !isInLogin(this::isProof);
  }

  /** After a mail, or behind a factor: a password cannot vouch for the next one. */
  boolean isBehindFactor() {
    return isMailProven()
        || isInLogin(this::isFactor)
        || (Shown.in(session, login).isEmpty()
            && IdentifiedByNumber.sessions(session, login)
                .anyMatch(it -> BY_FACTOR.equals(it.getNote(PROVEN))));
  }

  /**
   * Whether more than a password stands behind the login, or the session that goes on: a code to
   * the user's number, or another factor. A password that the number has set is a password here:
   * who knows it need not have the SIM.
   */
  public boolean isMoreThanPassword() {
    return isInLogin(it -> !PasswordCredentialModel.TYPE.equals(it))
        || isBehindFactor()
        || IdentifiedByNumber.sessions(session, login)
            .anyMatch(it -> user.getId().equals(it.getNote(NUMBER_SHOWN)));
  }

  /** Remembers it for what is done in this session without showing anything again. */
  void keepIn(UserSessionModel userSession) {
    Set<String> shown = Shown.in(session, login);
    if (shown.contains(PhoneCredential.TYPE)) {
      userSession.setNote(NUMBER_SHOWN, user.getId());
    }
    if (shown.stream().anyMatch(this::isProof)) {
      IdentifiedByNumber.forget(userSession);
      if (!BY_FACTOR.equals(userSession.getNote(PROVEN))) {
        boolean byFactor = shown.stream().anyMatch(this::isFactor);
        userSession.setNote(PROVEN, byFactor ? BY_FACTOR : SOMEHOW);
      }
    } else if (!shown.isEmpty()) {
      // A step-up shows the number alone, in a session that stands on something else
      if (userSession.getNote(PROVEN) == null
          && userSession.getNote(Details.IDENTITY_PROVIDER) == null) {
        IdentifiedByNumber.remember(userSession, user);
      }
    } else if (!IdentifiedByNumber.is(userSession, user.getId())
        && userSession.getNote(PROVEN) == null) {
      // By something that leaves no trace, such as a ticket or a certificate
      userSession.setNote(PROVEN, SOMEHOW);
    }
  }

  private boolean isMailProven() {
    return user.getId().equals(login.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID));
  }

  private boolean isInLogin(Predicate<String> type) {
    return Shown.in(session, login).stream().anyMatch(type);
  }

  private boolean isFactor(String type) {
    return !PasswordCredentialModel.TYPE.equals(type) && isProof(type);
  }

  /** Neither the number itself nor what it has set up. */
  private boolean isProof(String type) {
    return switch (type) {
      case PhoneCredential.TYPE -> false;
      case PasswordCredentialModel.TYPE -> !SetByNumber.wasPassword(user);
      default -> !SetByNumber.isFactor(user, type);
    };
  }
}
