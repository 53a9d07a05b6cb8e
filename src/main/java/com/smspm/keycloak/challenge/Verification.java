package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Challenge;
import com.smspm.keycloak.code.CodeInput;
import com.smspm.keycloak.code.CodeKey;
import com.smspm.keycloak.code.OneTimeCode;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.code.Verdict;
import com.smspm.keycloak.delivery.DeliveryState;
import com.smspm.keycloak.limits.Attempts;
import com.smspm.keycloak.limits.PumpingGuard;
import com.smspm.keycloak.limits.SendBudgets;
import com.smspm.keycloak.settings.RealmSettings;
import com.smspm.keycloak.telemetry.Meters;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Tries one answer: claims first, then compares, then lets it take effect once. */
final class Verification {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AuthenticationSessionModel authSession;
  private final EventBuilder event;
  private final Instant now;
  private final Lock lock;
  private final Attempts attempts;

  Verification(
      KeycloakSession session,
      AuthenticationSessionModel authSession,
      EventBuilder event,
      Instant now,
      Lock lock) {
    this.session = session;
    this.realm = authSession.getRealm();
    this.authSession = authSession;
    this.event = event;
    this.now = now;
    this.lock = lock;
    this.attempts = new Attempts(session, realm);
  }

  Verdict verify(ChallengeRequest request, ChallengeNotes notes, CodeInput input) {
    Optional<Verdict> early = withoutComparing(request, notes, input);
    if (early.isPresent()) {
      return early.get();
    }
    Challenge challenge = notes.own(request).orElseThrow();
    OneTimeCode code = input.code(challenge.codeLength()).orElseThrow();
    int most = request.policy().maxAttempts();
    Optional<Lock.Guess> guess = lock.claimGuess(request);
    if (guess.isEmpty()) {
      return Verdict.of(Verdict.Kind.LOCKED);
    }
    OptionalInt left = attempts.claim(notes.attemptsId(), most);
    if (left.isEmpty()) {
      lock.withdraw(request, guess.get());
      return Verdict.of(Verdict.Kind.EXHAUSTED);
    }
    // Compared even where it cannot be right: that must not be seen by the time it takes
    boolean answered = isAnsweredBy(challenge, code);
    if (!answered || !guess.get().counts() || !ChallengeNotes.isFor(request, challenge)) {
      lock.wrong(request, guess.get(), now);
      return Verdict.wrong(left.getAsInt());
    }
    if (!attempts.markAnswered(challenge.id())) {
      lock.withdraw(request, guess.get());
      return Verdict.of(Verdict.Kind.NONE);
    }
    attempts.forget(notes.attemptsId(), most - left.getAsInt());
    notes.forgetAttempts();
    notes.drop();
    Verdict verdict = accepted(request, challenge);
    if (verdict.kind() == Verdict.Kind.ACCEPTED) {
      DeliveryState newest = new NewestMessage(session, realm).state(challenge);
      LoginDetails.keep(authSession, request.user(), notes, newest, now);
      LoginDetails.tell(authSession, request.user(), event);
      if (LoginDetails.mayMissTheLogin(realm, authSession)) {
        new ChallengeEvents(event).codeAccepted(request);
      }
    }
    return verdict;
  }

  /** What a wrong code would get. It takes an attempt of this login and counts for nothing else. */
  Verdict refuse(ChallengeRequest request, ChallengeNotes notes, CodeInput input) {
    return withoutComparing(request, notes, input)
        .orElseGet(
            () -> {
              OptionalInt left = attempts.claim(notes.attemptsId(), request.policy().maxAttempts());
              return left.isPresent()
                  ? Verdict.wrong(left.getAsInt())
                  : Verdict.of(Verdict.Kind.EXHAUSTED);
            });
  }

  private boolean isAnsweredBy(Challenge challenge, OneTimeCode code) {
    Optional<CodeKey> key = new CodeKeys(session, realm).byId(challenge.keyId());
    return key.isPresent() && challenge.isAnsweredBy(key.get(), code);
  }

  /** Nothing where there is a code to compare with one that could be. */
  private Optional<Verdict> withoutComparing(
      ChallengeRequest request, ChallengeNotes notes, CodeInput input) {
    Optional<Challenge> present = notes.own(request).filter(it -> !it.codes().isEmpty());
    if (present.isEmpty()) {
      return Optional.of(Verdict.of(Verdict.Kind.NONE));
    }
    if (lock.remaining(request).isPresent()) {
      return Optional.of(Verdict.of(Verdict.Kind.LOCKED));
    }
    if (attempts.areUsed(notes.attemptsId(), request.policy().maxAttempts())) {
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
    if (request.door().isPresent()) {
      budgets.endTypedWait(request.typed());
    }
    if (!proven) {
      budgets.giveBackAddress(session.getContext().getConnection().getRemoteHost());
    }
    if (request.purpose() == Purpose.ENROLMENT) {
      UniqueNumbers numbers = new UniqueNumbers(session, realm);
      if (!numbers.begin(request.user())) {
        return Verdict.of(Verdict.Kind.NONE);
      }
      if (settings.uniqueNumbers() && !numbers.take(request.number(), request.user())) {
        return Verdict.of(Verdict.Kind.TAKEN);
      }
    }
    lock.accepted(request);
    return Verdict.of(Verdict.Kind.ACCEPTED);
  }

  /** When its first message was sent. */
  private static Instant openedAt(ChallengeRequest request, Challenge challenge) {
    return Instant.ofEpochSecond(challenge.expiresAt()).minus(request.policy().validity());
  }
}
