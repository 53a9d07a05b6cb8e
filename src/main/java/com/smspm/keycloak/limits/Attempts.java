package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.SessionExpiration;

/**
 * How often codes may be tried. An attempt is claimed before anything is compared, so a hundred
 * requests at once get no more tries than a hundred in a row.
 */
public final class Attempts {

  private static final String ATTEMPT = "attempt";
  private static final String ANSWERED = "answered";

  /** Longer than the longest-lived code: CodePolicy allows ten minutes. */
  private static final Duration LONGEST_CODE = Duration.ofMinutes(10);

  private final Slots slots;
  private final Duration memory;

  public Attempts(KeycloakSession session, RealmModel realm) {
    this.slots = new Slots(session, realm);
    // A claim is kept for as long as the browser's login can go on, and its last code after that
    this.memory =
        Duration.ofSeconds(SessionExpiration.getAuthSessionLifespan(realm)).plus(LONGEST_CODE);
  }

  /**
   * Claims one attempt.
   *
   * @param id what is being guessed at: one login's codes for one purpose
   * @param most how many attempts there are
   * @return how many are left after this one, or nothing when all were used before
   */
  public OptionalInt claim(String id, int most) {
    OptionalInt slot = slots.claim(ATTEMPT, id, most, memory);
    return slot.isPresent() ? OptionalInt.of(most - slot.getAsInt()) : OptionalInt.empty();
  }

  /** Whether all attempts are used. */
  public boolean areUsed(String id, int most) {
    return slots.isTaken(ATTEMPT, id, most);
  }

  /**
   * Marks a challenge as answered; of any number of callers, on any node, one gets {@code true}.
   */
  public boolean markAnswered(String challengeId) {
    return slots.claimSlot(ANSWERED, challengeId, 1, LONGEST_CODE);
  }

  /**
   * Forgets the attempts of a login that has succeeded. What others have claimed at this moment is
   * left to its end: nobody asks for this id any more.
   *
   * @param used how many the login had claimed
   */
  public void forget(String id, int used) {
    for (int slot = 1; slot <= used; slot++) {
      slots.take(ATTEMPT, id, slot);
    }
  }
}
