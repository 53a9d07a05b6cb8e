package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Challenge;
import com.smspm.keycloak.code.Purpose;
import java.time.Instant;
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
  private final String messages;
  private final String firstMessage;

  ChallengeNotes(AuthenticationSessionModel authSession, Purpose purpose) {
    this(authSession, purpose, "");
  }

  /**
   * @param execution the step that the challenge belongs to; empty where one of a purpose is all
   *     there can be. Attempts are counted for the purpose all the same.
   */
  ChallengeNotes(AuthenticationSessionModel authSession, Purpose purpose, String execution) {
    String owner = execution.isEmpty() ? "" : "." + execution;
    this.authSession = authSession;
    this.challenge = PREFIX + "challenge." + purpose + owner;
    this.attemptsId = PREFIX + "attempts." + purpose;
    this.refusedUntil = PREFIX + "wait." + purpose + owner;
    this.messages = PREFIX + "messages." + purpose;
    this.firstMessage = PREFIX + "first-message." + purpose;
  }

  static ChallengeNotes of(AuthenticationSessionModel authSession, ChallengeRequest request) {
    return new ChallengeNotes(
        authSession, request.purpose(), request.door().map(OpenDoor::execution).orElse(""));
  }

  /**
   * The challenge that a request is about. Where nobody is identified it is found whoever it is
   * for, so that an account that changes meanwhile does not show; whether a code may be right is
   * another matter.
   */
  Optional<Challenge> own(ChallengeRequest request) {
    return challenge()
        .filter(
            it ->
                request.door().isPresent()
                    ? !request.isNumberTyped() || it.number().equals(request.number().e164())
                    : isFor(request, it));
  }

  /** Whether a challenge's codes can be right for a request. */
  static boolean isFor(ChallengeRequest request, Challenge challenge) {
    return !request.isDecoy()
        && challenge.isFor(request.purpose(), request.userId(), request.number().e164());
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

  /** For the event that ends this login; nothing is decided by it. */
  void countMessage(Instant now) {
    authSession.setAuthNote(messages, Integer.toString(messages() + 1));
    if (authSession.getAuthNote(firstMessage) == null) {
      authSession.setAuthNote(firstMessage, Long.toString(now.getEpochSecond()));
    }
  }

  int messages() {
    String count = authSession.getAuthNote(messages);
    return count == null ? 0 : Integer.parseInt(count);
  }

  /** Since this login's first message. */
  long secondsSince(Instant now) {
    String first = authSession.getAuthNote(firstMessage);
    return first == null ? 0 : now.getEpochSecond() - Long.parseLong(first);
  }

  /** A message was asked for and not granted: until then, and no page asks again by itself. */
  void refusedUntil(long epochSecond) {
    authSession.setAuthNote(refusedUntil, Long.toString(epochSecond));
  }

  Optional<Long> refusedUntil() {
    return Optional.ofNullable(authSession.getAuthNote(refusedUntil)).map(Long::valueOf);
  }
}
