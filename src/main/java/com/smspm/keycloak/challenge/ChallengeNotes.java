package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Challenge;
import com.smspm.keycloak.code.Purpose;
import java.util.Optional;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What the authentication session remembers for one purpose. Notes belong to one browser tab; they
 * are not atomic, so nothing here guards anything.
 */
final class ChallengeNotes {

  private static final String PREFIX = "smspm.";

  private final AuthenticationSessionModel authSession;
  private final String challenge;
  private final String attemptsId;
  private final String refusedUntil;

  ChallengeNotes(AuthenticationSessionModel authSession, Purpose purpose) {
    this.authSession = authSession;
    this.challenge = PREFIX + "challenge." + purpose;
    this.attemptsId = PREFIX + "attempts." + purpose;
    this.refusedUntil = PREFIX + "wait." + purpose;
  }

  Optional<Challenge> challenge() {
    return Challenge.decode(authSession.getAuthNote(challenge));
  }

  void keep(Challenge it) {
    authSession.setAuthNote(challenge, it.encode());
    authSession.removeAuthNote(refusedUntil);
  }

  void drop() {
    authSession.removeAuthNote(challenge);
    authSession.removeAuthNote(refusedUntil);
  }

  /**
   * What attempts are counted under. It outlives every challenge of this login, so that a new code
   * or another number never brings new attempts.
   */
  String attemptsId() {
    String id = authSession.getAuthNote(attemptsId);
    if (id == null) {
      id = KeycloakModelUtils.generateId();
      authSession.setAuthNote(attemptsId, id);
    }
    return id;
  }

  void forgetAttempts() {
    authSession.removeAuthNote(attemptsId);
  }

  /** A message was asked for and not granted: until then, and no page asks again by itself. */
  void refusedUntil(long epochSecond) {
    authSession.setAuthNote(refusedUntil, Long.toString(epochSecond));
  }

  Optional<Long> refusedUntil() {
    return Optional.ofNullable(authSession.getAuthNote(refusedUntil)).map(Long::valueOf);
  }
}
