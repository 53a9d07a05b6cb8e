package com.smspm.keycloak.challenge;

import com.smspm.keycloak.challenge.OpenDoor.Hindrance;
import com.smspm.keycloak.code.Challenge;
import com.smspm.keycloak.limits.Attempts;
import com.smspm.keycloak.limits.Claims;
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

/**
 * Brings a code on its way where nobody is identified, or pretends to. What was typed there has
 * limits of its own, which the page shows. Everything after them is done whoever it is for, and
 * whatever refuses the message then is not shown: neither by the page nor by the time it takes.
 */
final class VeiledSender {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final ChallengeEvents events;
  private final SecureRandom random;
  private final Instant now;
  private final Lock lock;

  VeiledSender(
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
   * @param challenge that the code becomes one of the answers to
   */
  Issued send(ChallengeRequest request, ChallengeNotes notes, Challenge challenge) {
    RealmSettings settings = RealmSettings.of(realm);
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
    SendBudgets.Answer typed =
        Meters.budgets(
            () -> budgets.claimTyped(request.typed(), address(), request.policy().resendWait()));
    long next = now.getEpochSecond() + typed.pause().toSeconds();
    if (typed.claims().isEmpty()) {
      notes.refusedUntil(next);
      events.refused(request, "send_refused", "budget");
      return Issued.MUST_WAIT;
    }
    sendUnseen(request, notes, challenge, next, settings, budgets);
    return Issued.SENT;
  }

  private void sendUnseen(
      ChallengeRequest request,
      ChallengeNotes notes,
      Challenge challenge,
      long next,
      RealmSettings settings,
      SendBudgets budgets) {
    PumpingGuard guard = new PumpingGuard(session, realm, settings.pumpingGuard());
    boolean numberRefused =
        settings.numbers().check(request.number()).fold(yes -> false, no -> true);
    boolean rangeClosed = guard.refuses(request.purpose(), request.number());
    boolean paused = lock.isUnseen(request);
    Optional<Hindrance> before =
        request
            .door()
            .flatMap(OpenDoor::decoy)
            .or(() -> when(numberRefused, Hindrance.NUMBER_REFUSED))
            .or(() -> when(rangeClosed, Hindrance.RANGE_CLOSED))
            .or(() -> when(paused, Hindrance.PAUSED));
    SendBudgets.Answer claimed =
        Meters.budgets(() -> budgets.claimUnseen(budgetsOf(request), before.isEmpty()));
    Optional<Hindrance> hindrance =
        before.or(() -> when(claimed.claims().isEmpty(), Hindrance.BUDGET));
    claimed.nearlyUsed().forEach(cap -> events.capNearlyUsed(realm, cap));
    Claims claims = claimed.claims().orElseGet(() -> Claims.none(realm));
    boolean sent = hindrance.isEmpty();
    if (sent) {
      guard.sent(request.purpose(), request.number(), address(), claims);
      if (challenge.codes().isEmpty()) {
        Meters.opened(request.purpose(), request.number());
      }
    } else {
      // Not given back: counted as often as the others, it takes as long as with them
      guard.pretend(request.purpose(), request.number(), address(), Claims.none(realm));
    }
    CodeDispatch dispatch = new CodeDispatch(session, realm, random, now);
    Challenge owned = sent ? challenge.of(request.userId()) : challenge;
    notes.keep(dispatch.send(request, owned, next, claims, sent));
    notes.countMessage(now);
    if (sent) {
      events.codeIssued(request);
    } else {
      events.codePretended(request, hindrance.get());
    }
  }

  private static Optional<Hindrance> when(boolean holds, Hindrance hindrance) {
    return holds ? Optional.of(hindrance) : Optional.empty();
  }

  private SendBudgets.Request budgetsOf(ChallengeRequest request) {
    return new SendBudgets.Request(
        request.hasNumber() ? request.number().e164() : request.standIn(),
        request.whose(),
        false,
        address(),
        request.policy().resendWait());
  }

  private String address() {
    return session.getContext().getConnection().getRemoteHost();
  }
}
