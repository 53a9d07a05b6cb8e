package com.smspm.keycloak.limits;

import com.smspm.keycloak.code.Purpose;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * How often somebody's codes were guessed wrongly without a right one in between, over all logins
 * and nodes. From the tenth failure on each starts a pause, and after a hundred nothing is compared
 * any more (NIST SP 800-63B-4 §3.2.2 allows at most 100).
 *
 * <p>A guess is claimed before it is compared, and from the tenth on the claim takes the pause with
 * it: of any number of requests at once no more are compared than one after the other would be.
 *
 * <p>Doors are counted apart: nobody closes the second factor of a user by guessing where no
 * password is asked for.
 */
public final class FailureStreak {

  /** The failures after which nothing is compared any more. */
  public static final int MOST = 100;

  private static final int FREE = 9;
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(40),
          Duration.ofMinutes(60));

  /** A failure is forgotten after this long, as if it had never been. */
  private static final Duration MEMORY = Duration.ofDays(90);

  /**
   * From the first pause on failures stand in a row, but for the claims that requests at the same
   * moment have taken back. Before it any number of requests may have taken theirs back.
   */
  private static final int WIDEST_GAP = 3;

  private static final String FAILURE = "failure-";
  private static final String PAUSE = "pause-";

  private final Slots slots;
  private final String failure;
  private final String pause;
  private final String whose;

  /**
   * @param purpose of the codes that are guessed at
   * @param whose the user's id, or else what stands for whoever it is
   */
  public FailureStreak(KeycloakSession session, RealmModel realm, Purpose purpose, String whose) {
    this(new Slots(session, realm), purpose, whose);
  }

  /** As above, where one request asks more than once. */
  public FailureStreak(Slots slots, Purpose purpose, String whose) {
    this.slots = slots;
    this.failure = FAILURE + doorOf(purpose);
    this.pause = PAUSE + doorOf(purpose);
    this.whose = whose;
  }

  private static String doorOf(Purpose purpose) {
    return switch (purpose) {
      case LOGIN -> "login";
      case ENROLMENT -> "enrolment";
      case PHONE_LOGIN, RESET -> "open";
      case NOTICE -> throw new IllegalArgumentException("a notice holds no code to guess");
    };
  }

  /** How long nothing is compared; zero when guesses are. */
  public Duration pause() {
    return slots.isTaken(pause, whose, 1)
        ? slots.firstEnd(pause, whose, List.of(1), PAUSES.get(0))
        : Duration.ZERO;
  }

  /** Whether so many guesses in a row were wrong, at least; one more is claimed for a moment. */
  public boolean hasReached(int guesses) {
    return slots.isTaken(failure, whose, guesses);
  }

  /** Whether a hundred guesses in a row were wrong. */
  public boolean isUsedUp() {
    return slots.isTaken(failure, whose, MOST);
  }

  /**
   * Claims one guess, which counts as wrong until {@link #forget} or {@link #withdraw}.
   *
   * @return its number, from 1 to {@value #MOST}; nothing during a pause or when all are used
   */
  public OptionalInt claim() {
    if (slots.isTaken(pause, whose, 1)) {
      return OptionalInt.empty();
    }
    OptionalInt guess = slots.claim(failure, whose, MOST, MEMORY);
    if (guess.isPresent() && guess.getAsInt() > FREE && !startPause(guess.getAsInt())) {
      slots.take(failure, whose, guess.getAsInt());
      return OptionalInt.empty();
    }
    return guess;
  }

  private boolean startPause(int guess) {
    Duration length = PAUSES.get(Math.min(guess - FREE, PAUSES.size()) - 1);
    if (!slots.claimSlot(pause, whose, 1, length)) {
      return false;
    }
    slots.noteEnd(pause, whose, 1, length);
    return true;
  }

  /** Takes a claim back, because nothing was compared after all. */
  public void withdraw(int guess) {
    slots.take(failure, whose, guess);
    if (guess > FREE) {
      slots.release(pause, whose, 1);
    }
  }

  /** A right code, a new proof of the number or an admin ends the streak. */
  public void forget() {
    int free = 0;
    for (int guess = 1; guess <= MOST && (guess <= FREE || free < WIDEST_GAP); guess++) {
      if (slots.isTaken(failure, whose, guess)) {
        slots.take(failure, whose, guess);
        free = 0;
      } else {
        free++;
      }
    }
    if (slots.isTaken(pause, whose, 1)) {
      slots.release(pause, whose, 1);
    }
  }
}
