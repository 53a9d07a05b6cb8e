package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.limits.FailureStreak;
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
 */
final class Lock {

  /** Long enough that no page asks again by itself; only an admin or a new proof ends it. */
  private static final Duration FOR_GOOD = Duration.ofDays(1);

  private final KeycloakSession session;
  private final RealmModel realm;

  Lock(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** How long no code is sent or compared; nothing when codes are. */
  Optional<Duration> remaining(ChallengeRequest request) {
    FailureStreak streak = streak(request);
    if (isSuspended(request) || streak.isUsedUp()) {
      return Optional.of(FOR_GOOD);
    }
    return Optional.of(streak.pause()).filter(pause -> !pause.isZero());
  }

  /** Claims one guess before it is compared; nothing when it must not be. */
  OptionalInt claimGuess(ChallengeRequest request) {
    return isSuspended(request) ? OptionalInt.empty() : streak(request).claim();
  }

  void withdraw(ChallengeRequest request, int guess) {
    streak(request).withdraw(guess);
  }

  /** The last guess of all was wrong, too: the user's codes by SMS are switched off. */
  void wrong(ChallengeRequest request, int guess, Instant now) {
    if (guess == FailureStreak.MOST && request.purpose() == Purpose.LOGIN) {
      PhoneCredentialProvider.suspend(request.user(), now);
    }
  }

  /** A new proof of a number ends what was counted against its user's logins as well. */
  void accepted(ChallengeRequest request) {
    streak(request).forget();
    if (request.purpose() == Purpose.ENROLMENT) {
      new FailureStreak(session, realm, Purpose.LOGIN, request.whose()).forget();
    }
  }

  private FailureStreak streak(ChallengeRequest request) {
    return new FailureStreak(session, realm, request.purpose(), request.whose());
  }

  private static boolean isSuspended(ChallengeRequest request) {
    return request.purpose() != Purpose.ENROLMENT
        && request.user() != null
        && PhoneCredentialProvider.find(request.user())
            .filter(PhoneCredential::isSuspended)
            .isPresent();
  }
}
