package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.limits.FailureStreak;
import com.smspm.keycloak.limits.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Closes the way by SMS after too many wrong codes in a row, over all of a user's logins. Pauses
 * live in the shared cache; that codes are switched off lives in the credential, which no restart
 * forgets. It closes the SMS step and nothing else of the account.
 *
 * <p>Where nobody is identified there are two of them: what was typed is closed, which the page
 * shows; and so is the user behind it, which no page shows, since two names or a name and a number
 * that are closed together would be known to be one user's.
 */
final class Lock {

  /**
   * One guess that was claimed.
   *
   * @param shown its number among those that the page may speak of
   * @param unseen its number among the user's own at an open door; empty elsewhere, and where the
   *     user is closed
   * @param counts whether it may be compared
   */
  record Guess(int shown, OptionalInt unseen, boolean counts) {}

  /** Long enough that no page asks again by itself; only an admin or a new proof ends it. */
  private static final Duration FOR_GOOD = Duration.ofDays(1);

  private final Slots slots;

  /** What is asked for several times while one page is made. */
  private ChallengeRequest lastAsked;

  private Optional<Duration> lastRemaining;

  Lock(KeycloakSession session, RealmModel realm) {
    this.slots = new Slots(session, realm);
  }

  /** How long no code is sent or compared, as the page says; nothing when codes are. */
  Optional<Duration> remaining(ChallengeRequest request) {
    if (request != lastAsked) {
      lastRemaining = remainingNow(request);
      lastAsked = request;
    }
    return lastRemaining;
  }

  private Optional<Duration> remainingNow(ChallengeRequest request) {
    FailureStreak streak = shown(request);
    if ((request.door().isEmpty() && isSuspended(request)) || streak.isUsedUp()) {
      return Optional.of(FOR_GOOD);
    }
    return Optional.of(streak.pause()).filter(pause -> !pause.isZero());
  }

  /** Whether the user behind an open door is closed. */
  boolean isUnseen(ChallengeRequest request) {
    FailureStreak streak = ofUser(request);
    boolean suspended = isSuspended(request);
    boolean usedUp = streak.isUsedUp();
    return !streak.pause().isZero() || usedUp || suspended;
  }

  /** Claims one guess before it is compared; nothing when it must not be, and the page says so. */
  Optional<Guess> claimGuess(ChallengeRequest request) {
    lastAsked = null;
    boolean suspended = isSuspended(request);
    if (request.door().isEmpty() && suspended) {
      return Optional.empty();
    }
    OptionalInt shown = shown(request).claim();
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    if (request.door().isEmpty()) {
      return Optional.of(new Guess(shown.getAsInt(), OptionalInt.empty(), true));
    }
    OptionalInt unseen = ofUser(request).claim();
    return Optional.of(new Guess(shown.getAsInt(), unseen, unseen.isPresent() && !suspended));
  }

  void withdraw(ChallengeRequest request, Guess guess) {
    shown(request).withdraw(guess.shown());
    guess.unseen().ifPresent(ofUser(request)::withdraw);
  }

  /** The last guess of all was wrong, too: the user's codes by SMS are switched off. */
  void wrong(ChallengeRequest request, Guess guess, Instant now) {
    if (guess.shown() == FailureStreak.MOST && request.purpose() == Purpose.LOGIN) {
      PhoneCredentialProvider.suspend(request.user(), now);
    }
  }

  /** A new proof of a number ends what was counted against its user's logins as well. */
  void accepted(ChallengeRequest request) {
    shown(request).forget();
    if (request.door().isPresent()) {
      ofUser(request).forget();
    }
    if (request.purpose() == Purpose.ENROLMENT) {
      new FailureStreak(slots, Purpose.LOGIN, request.whose()).forget();
    }
  }

  private FailureStreak shown(ChallengeRequest request) {
    return request.door().isPresent()
        ? new FailureStreak(slots, request.purpose(), request.typed())
        : ofUser(request);
  }

  private FailureStreak ofUser(ChallengeRequest request) {
    return new FailureStreak(slots, request.purpose(), request.whose());
  }

  private static boolean isSuspended(ChallengeRequest request) {
    return request.purpose() != Purpose.ENROLMENT
        && request.user() != null
        && PhoneCredentialProvider.find(request.user())
            .filter(PhoneCredential::isSuspended)
            .isPresent();
  }
}
