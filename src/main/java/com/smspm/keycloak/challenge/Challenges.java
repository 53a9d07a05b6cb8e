package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Challenge;
import com.smspm.keycloak.code.CodeInput;
import com.smspm.keycloak.code.CodeKey;
import com.smspm.keycloak.code.OneTimeCode;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.code.Verdict;
import com.smspm.keycloak.limits.Attempts;
import com.smspm.keycloak.limits.PumpingGuard;
import com.smspm.keycloak.limits.SendBudgets;
import com.smspm.keycloak.settings.RealmSettings;
import com.smspm.keycloak.telemetry.Meters;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
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
    return own(request, notes).isPresent()
        ? Issued.PRESENT
        : sender().send(request, notes, open(request));
  }

  /**
   * Sends another code, because the user asked for it: never extends a code's life or its attempts.
   */
  public Issued resend(ChallengeRequest request) {
    ChallengeNotes notes = notes(request);
    Optional<Challenge> present = own(request, notes).filter(it -> !it.codes().isEmpty());
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
    return sender().send(request, notes, challenge);
  }

  /**
   * Tries an answer. The attempt is claimed before anything is compared, and the challenge is gone
   * with the right answer, whichever of several requests brings it first.
   */
  public Verdict verify(ChallengeRequest request, CodeInput input) {
    Verdict verdict = verdict(request, input);
    Meters.verified(request.purpose(), verdict.kind());
    new Aftermath(session, authSession).of(request, verdict);
    return verdict;
  }

  /**
   * What a wrong code would get, whatever was entered: nothing is compared. It takes an attempt of
   * this login, as a wrong code does, and counts for nothing else.
   */
  public Verdict refuse(ChallengeRequest request, CodeInput input) {
    ChallengeNotes notes = notes(request);
    int most = request.policy().maxAttempts();
    return withoutComparing(request, notes, input)
        .orElseGet(
            () -> {
              OptionalInt left = new Attempts(session, realm).claim(notes.attemptsId(), most);
              return left.isPresent()
                  ? Verdict.wrong(left.getAsInt())
                  : Verdict.of(Verdict.Kind.EXHAUSTED);
            });
  }

  private Verdict verdict(ChallengeRequest request, CodeInput input) {
    ChallengeNotes notes = notes(request);
    Optional<Verdict> early = withoutComparing(request, notes, input);
    if (early.isPresent()) {
      return early.get();
    }
    Challenge challenge = own(request, notes).orElseThrow();
    OneTimeCode code = input.code(challenge.codeLength()).orElseThrow();
    int most = request.policy().maxAttempts();
    Attempts attempts = new Attempts(session, realm);
    OptionalInt guess = lock.claimGuess(request);
    if (guess.isEmpty()) {
      return Verdict.of(Verdict.Kind.LOCKED);
    }
    OptionalInt left = attempts.claim(notes.attemptsId(), most);
    if (left.isEmpty()) {
      lock.withdraw(request, guess.getAsInt());
      return Verdict.of(Verdict.Kind.EXHAUSTED);
    }
    Optional<CodeKey> key = new CodeKeys(session, realm).byId(challenge.keyId());
    if (key.isEmpty() || !challenge.isAnsweredBy(key.get(), code)) {
      lock.wrong(request, guess.getAsInt(), now);
      return Verdict.wrong(left.getAsInt());
    }
    if (!attempts.markAnswered(challenge.id())) {
      lock.withdraw(request, guess.getAsInt());
      return Verdict.of(Verdict.Kind.NONE);
    }
    attempts.forget(notes.attemptsId(), most);
    notes.forgetAttempts();
    notes.drop();
    Verdict verdict = accepted(request, challenge);
    if (verdict.kind() == Verdict.Kind.ACCEPTED) {
      new ChallengeEvents(event)
          .answered(notes, new NewestMessage(session, realm).state(challenge), now);
    }
    return verdict;
  }

  /** Nothing where there is a code to compare with one that could be. */
  private Optional<Verdict> withoutComparing(
      ChallengeRequest request, ChallengeNotes notes, CodeInput input) {
    Optional<Challenge> present = own(request, notes).filter(it -> !it.codes().isEmpty());
    if (present.isEmpty()) {
      return Optional.of(Verdict.of(Verdict.Kind.NONE));
    }
    if (lock.remaining(request).isPresent()) {
      return Optional.of(Verdict.of(Verdict.Kind.LOCKED));
    }
    if (new Attempts(session, realm).areUsed(notes.attemptsId(), request.policy().maxAttempts())) {
      return Optional.of(Verdict.of(Verdict.Kind.EXHAUSTED));
    }
    if (input.isEmpty()) {
      return Optional.of(Verdict.of(Verdict.Kind.EMPTY));
    }
    if (input.code(present.get().codeLength()).isEmpty()) {
      return Optional.of(Verdict.of(Verdict.Kind.MALFORMED));
    }
    return present.get().isExpired(now)
        ? Optional.of(Verdict.of(Verdict.Kind.EXPIRED))
        : Optional.empty();
  }

  /** The right code: it ends waits and failures, and proves a number where nobody else has it. */
  private Verdict accepted(ChallengeRequest request, Challenge challenge) {
    Meters.answered(request.purpose(), request.number());
    RealmSettings settings = RealmSettings.of(realm);
    new PumpingGuard(session, realm, settings.pumpingGuard())
        .verified(request.purpose(), request.number(), openedAt(request, challenge));
    boolean proven = request.purpose().numberProven();
    SendBudgets budgets = new SendBudgets(session, realm, settings.sends());
    budgets.endWait(request.number().e164(), proven);
    if (!proven) {
      budgets.giveBackAddress(session.getContext().getConnection().getRemoteHost());
    }
    if (request.purpose() == Purpose.ENROLMENT
        && settings.uniqueNumbers()
        && !new UniqueNumbers(session, realm).take(request.number(), request.user())) {
      return Verdict.of(Verdict.Kind.TAKEN);
    }
    lock.accepted(request);
    return Verdict.of(Verdict.Kind.ACCEPTED);
  }

  /** What the page shows. */
  public ChallengeStatus status(ChallengeRequest request) {
    ChallengeNotes notes = notes(request);
    Optional<Challenge> present = own(request, notes).filter(it -> !it.codes().isEmpty());
    Attempts attempts = new Attempts(session, realm);
    boolean exhausted = attempts.areUsed(notes.attemptsId(), request.policy().maxAttempts());
    boolean sentAgain = present.filter(it -> it.codes().size() > 1).isPresent();
    boolean locked = lock.remaining(request).isPresent();
    long valid = present.map(it -> it.secondsLeft(now)).orElse(0L);
    Optional<ChallengeStatus.Delivery> message =
        present.flatMap(it -> new NewestMessage(session, realm).of(request, it));
    long untilResend =
        present
            .map(it -> NewestMessage.secondsUntilNext(it, message, now))
            .or(() -> notes.refusedUntil().map(until -> Math.max(0, until - now.getEpochSecond())))
            .orElse(0L);
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

  /** The number that a challenge of this purpose is about, when there is one. */
  public Optional<String> numberOf(Purpose purpose, String userId) {
    return new ChallengeNotes(authSession, purpose)
        .challenge()
        .filter(it -> it.userId().equals(userId))
        .map(Challenge::number);
  }

  private CodeSender sender() {
    return new CodeSender(session, realm, new ChallengeEvents(event), RANDOM, now);
  }

  private Challenge open(ChallengeRequest request) {
    return Challenge.open(
        RANDOM,
        request.purpose(),
        request.userId(),
        request.number().e164(),
        new CodeKeys(session, realm).activeId(),
        request.policy(),
        now);
  }

  /** When its first message was sent. */
  private static Instant openedAt(ChallengeRequest request, Challenge challenge) {
    return Instant.ofEpochSecond(challenge.expiresAt()).minus(request.policy().validity());
  }

  private Optional<Challenge> own(ChallengeRequest request, ChallengeNotes notes) {
    return notes
        .challenge()
        .filter(it -> it.isFor(request.purpose(), request.userId(), request.number().e164()));
  }

  private ChallengeNotes notes(ChallengeRequest request) {
    return new ChallengeNotes(authSession, request.purpose());
  }
}
