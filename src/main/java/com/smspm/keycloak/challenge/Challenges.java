package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Challenge;
import com.smspm.keycloak.code.CodeInput;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.code.Verdict;
import com.smspm.keycloak.limits.Attempts;
import com.smspm.keycloak.telemetry.Meters;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The one way to a code and past it: every door issues and verifies here, so every rule holds at
 * every door. An instance belongs to one request.
 */
public final class Challenges {

  /** A code that is resent with less time left than this would be dead before it is typed. */
  private static final Duration SHORTEST_USEFUL = Duration.ofSeconds(60);

  /** One wrong code is a slip of the finger. */
  private static final int WRONG_BEFORE_STUCK = 2;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AuthenticationSessionModel authSession;
  private final EventBuilder event;
  private final Instant now;
  private final Lock lock;

  /**
   * @param event of the request; what happens here is reported by copies of it, and by details that
   *     it gets itself with the right code
   */
  public Challenges(
      KeycloakSession session, AuthenticationSessionModel authSession, EventBuilder event) {
    this.session = session;
    this.realm = authSession.getRealm();
    this.authSession = authSession;
    this.event = event;
    this.now = Instant.ofEpochMilli(Time.currentTimeMillis());
    this.lock = new Lock(session, realm);
  }

  /**
   * Sends a code, the first time that a door asks for this purpose, user and number in this login.
   * Every further call only finds what is there: a page that is shown again sends nothing.
   *
   * @throws com.smspm.keycloak.settings.InvalidSettings when the realm's settings cannot be used
   */
  public Issued issue(ChallengeRequest request) {
    ChallengeNotes notes = notes(request);
    return notes.challenge().isEmpty() && notes.refusedUntil().isPresent()
        ? Issued.MUST_WAIT
        : ask(request);
  }

  /**
   * As {@link #issue}, where the user has just named the number and so asks for a code. That none
   * was granted before does not matter: it may have been for another number, or long enough ago.
   *
   * @throws com.smspm.keycloak.settings.InvalidSettings when the realm's settings cannot be used
   */
  public Issued ask(ChallengeRequest request) {
    ChallengeNotes notes = notes(request);
    return notes.own(request).isPresent() ? Issued.PRESENT : send(request, notes, open(request));
  }

  /**
   * Sends another code, because the user asked for it: never extends a code's life or its attempts.
   */
  public Issued resend(ChallengeRequest request) {
    ChallengeNotes notes = notes(request);
    Optional<Challenge> present = notes.own(request).filter(it -> !it.codes().isEmpty());
    Optional<ChallengeStatus.Delivery> message =
        present.flatMap(it -> new NewestMessage(session, realm).of(request, it));
    if (present.filter(it -> NewestMessage.secondsUntilNext(it, message, now) > 0).isPresent()) {
      new ChallengeEvents(event).refused(request, "send_refused", "wait");
      return Issued.MUST_WAIT;
    }
    Challenge challenge =
        present
            .filter(it -> it.secondsLeft(now) >= SHORTEST_USEFUL.toSeconds())
            .orElseGet(() -> open(request));
    return send(request, notes, challenge);
  }

  /**
   * Tries an answer. The attempt is claimed before anything is compared, and the challenge is gone
   * with the right answer, whichever of several requests brings it first.
   */
  public Verdict verify(ChallengeRequest request, CodeInput input) {
    Verdict verdict = verification().verify(request, notes(request), input);
    Meters.verified(request.purpose(), verdict.kind());
    new Aftermath(session, authSession).of(request, verdict);
    return verdict;
  }

  /**
   * What a wrong code would get, whatever was entered: nothing is compared. It takes an attempt of
   * this login, as a wrong code does, and counts for nothing else.
   */
  public Verdict refuse(ChallengeRequest request, CodeInput input) {
    return verification().refuse(request, notes(request), input);
  }

  /** What the page shows. */
  public ChallengeStatus status(ChallengeRequest request) {
    ChallengeNotes notes = notes(request);
    Optional<Challenge> present = notes.own(request).filter(it -> !it.codes().isEmpty());
    Attempts attempts = new Attempts(session, realm);
    boolean exhausted = attempts.areUsed(notes.attemptsId(), request.policy().maxAttempts());
    boolean sentAgain = present.filter(it -> it.codes().size() > 1).isPresent();
    boolean locked = lock.remaining(request).isPresent();
    long valid = present.map(it -> it.secondsLeft(now)).orElse(0L);
    Optional<ChallengeStatus.Delivery> message =
        present.flatMap(it -> new NewestMessage(session, realm).of(request, it));
    // A budget may be used up while a code is live: then it is what must be waited for
    long refused = notes.refusedUntil().map(until -> until - now.getEpochSecond()).orElse(0L);
    long untilResend =
        Math.max(
            refused,
            present.map(it -> NewestMessage.secondsUntilNext(it, message, now)).orElse(0L));
    return new ChallengeStatus(
        valid > 0 && !exhausted && !locked,
        valid,
        untilResend,
        exhausted,
        message,
        sentAgain,
        sentAgain || attempts.areUsed(notes.attemptsId(), WRONG_BEFORE_STUCK),
        locked);
  }

  /**
   * Gives up the challenge, because the user wants to use another number. Attempts stay counted.
   */
  public void abandon(ChallengeRequest request) {
    notes(request).drop();
  }

  /** The number that was typed at an open door, and that its challenge is about. */
  public Optional<String> numberTyped(String execution) {
    return new ChallengeNotes(authSession, Purpose.PHONE_LOGIN, execution)
        .challenge()
        .map(Challenge::number);
  }

  /** The number that a challenge of this purpose is about, when there is one. */
  public Optional<String> numberOf(Purpose purpose, String userId) {
    return new ChallengeNotes(authSession, purpose)
        .challenge()
        .filter(it -> it.userId().equals(userId))
        .map(Challenge::number);
  }

  private Issued send(ChallengeRequest request, ChallengeNotes notes, Challenge challenge) {
    ChallengeEvents events = new ChallengeEvents(event);
    return request.door().isPresent()
        ? new VeiledSender(session, realm, events, RANDOM, now, lock)
            .send(request, notes, challenge)
        : new CodeSender(session, realm, events, RANDOM, now, lock).send(request, notes, challenge);
  }

  private Challenge open(ChallengeRequest request) {
    return Challenge.open(
        RANDOM,
        request.purpose(),
        request.isDecoy() ? "" : request.userId(),
        request.number().e164(),
        new CodeKeys(session, realm).activeId(),
        request.policy(),
        now);
  }

  private Verification verification() {
    return new Verification(session, authSession, event, now, lock);
  }

  private ChallengeNotes notes(ChallengeRequest request) {
    return ChallengeNotes.of(authSession, request);
  }
}
