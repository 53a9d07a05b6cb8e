package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Challenge;
import com.smspm.keycloak.limits.Attempts;
import com.smspm.keycloak.limits.PumpingGuard;
import com.smspm.keycloak.limits.SendBudgets;
import com.smspm.keycloak.settings.RealmSettings;
import com.smspm.keycloak.telemetry.Meters;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Brings one code on its way: rules first, then budgets, then the code and its message. */
final class CodeSender {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final ChallengeEvents events;
  private final SecureRandom random;
  private final Instant now;
  private final Lock lock;

  CodeSender(
      KeycloakSession session,
      RealmModel realm,
      ChallengeEvents events,
      SecureRandom random,
      Instant now,
      Lock lock) {
    this.session = session;
    this.realm = realm;
    this.events = events;
    this.random = random;
    this.now = now;
    this.lock = lock;
  }

  /**
   * @param challenge that the code becomes one of the answers to; kept in the notes when a message
   *     is on its way
   */
  Issued send(ChallengeRequest request, ChallengeNotes notes, Challenge challenge) {
    RealmSettings settings = RealmSettings.of(realm);
    Optional<String> refusal =
        settings
            .numbers()
            .check(request.number())
            .fold(yes -> Optional.empty(), no -> Optional.of("" + no));
    if (refusal.isPresent()) {
      events.refused(request, "number_refused", refusal.get());
      return Issued.REFUSED;
    }
    PumpingGuard guard = new PumpingGuard(session, realm, settings.pumpingGuard());
    if (guard.refuses(request.purpose(), request.number())) {
      events.refused(request, "send_refused", "range_closed");
      return Issued.REFUSED;
    }
    if (new Attempts(session, realm).areUsed(notes.attemptsId(), request.policy().maxAttempts())) {
      events.refused(request, "send_refused", "exhausted");
      return Issued.REFUSED;
    }
    Optional<Duration> locked = lock.remaining(request);
    if (locked.isPresent()) {
      notes.refusedUntil(now.plus(locked.get()).getEpochSecond());
      events.refused(request, "send_refused", "locked");
      return Issued.LOCKED;
    }
    SendBudgets budgets = new SendBudgets(session, realm, settings.sends());
    SendBudgets.Answer answer = Meters.budgets(() -> budgets.claim(budgetsOf(request)));
    long next = now.getEpochSecond() + answer.pause().toSeconds();
    if (answer.claims().isEmpty()) {
      notes.refusedUntil(next);
      events.refused(request, "send_refused", "budget");
      return Issued.MUST_WAIT;
    }
    answer.nearlyUsed().forEach(cap -> events.capNearlyUsed(realm, cap));
    guard.sent(request.purpose(), request.number(), address(), answer.claims().get());
    if (challenge.codes().isEmpty()) {
      Meters.opened(request.purpose(), request.number());
    }
    CodeDispatch dispatch = new CodeDispatch(session, realm, random, now);
    notes.keep(dispatch.send(request, challenge, next, answer.claims().get(), true));
    notes.countMessage(now);
    events.codeIssued(request);
    return Issued.SENT;
  }

  private SendBudgets.Request budgetsOf(ChallengeRequest request) {
    return new SendBudgets.Request(
        request.number().e164(),
        request.userId(),
        request.purpose().numberProven(),
        address(),
        request.policy().resendWait());
  }

  private String address() {
    return session.getContext().getConnection().getRemoteHost();
  }
}
