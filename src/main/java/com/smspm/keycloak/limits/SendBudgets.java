package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * How many messages may go to a number and for a user. All budgets are claimed before anything is
 * sent, so requests that come together cannot share one claim.
 *
 * <p>A door where the number is not yet proven to be this user's can only use the first few slots,
 * and every other door takes the last ones first: a stranger cannot use up somebody's codes.
 */
public final class SendBudgets {

  /**
   * A budget.
   *
   * @param window the time in which at most {@code size} messages are sent
   * @param unproven how many of them by doors where the number is not yet proven
   */
  private record Budget(String name, Duration window, int size, int unproven) {}

  /** SMSPM's users are promised 3 to 5 codes per number and hour. */
  private static final List<Budget> NUMBER =
      List.of(
          new Budget("number-hour", Duration.ofHours(1), 5, 3),
          new Budget("number-day", Duration.ofDays(1), 15, 8));

  private static final List<Budget> USER =
      List.of(
          new Budget("user-hour", Duration.ofHours(1), 5, 3),
          new Budget("user-day", Duration.ofDays(1), 15, 8));

  /** Between the first and the second message to a number within an hour, the second and third… */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(300));

  private static final String WAIT = "wait";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final Slots slots;

  public SendBudgets(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
    this.slots = new Slots(session, realm);
  }

  /**
   * The answer to a request for one message: either granted, or how long until asking again makes
   * sense.
   *
   * @param claims what was claimed, empty unless granted
   * @param pause until the next message is possible: after this one, or before the first
   */
  public record Answer(Optional<Claims> claims, Duration pause) {}

  /**
   * Claims one message.
   *
   * @param number E.164
   * @param userId empty while nobody is identified
   * @param numberProven whether the number is known to be this user's
   * @param leastWait the wait after this message is at least this long
   */
  public Answer claim(String number, String userId, boolean numberProven, Duration leastWait) {
    Claims claims = new Claims(realm.getId());
    Budget hourly = NUMBER.get(0);
    int sent = (int) slotsOf(hourly).stream().filter(slot -> isTaken(hourly, number, slot)).count();
    Duration wait = WAITS.get(Math.min(sent, WAITS.size() - 1));
    Duration longer = wait.compareTo(leastWait) > 0 ? wait : leastWait;
    if (!slots.claimSlot(WAIT, number, 1, longer)) {
      return new Answer(Optional.empty(), slots.firstEnd(WAIT, number, List.of(1), longer));
    }
    claims.add(WAIT, number, 1);
    Optional<Duration> usedUp = claimAll(NUMBER, number, numberProven, claims);
    if (usedUp.isEmpty() && !userId.isEmpty()) {
      usedUp = claimAll(USER, userId, numberProven, claims);
    }
    if (usedUp.isPresent()) {
      claims.release(session);
      return new Answer(Optional.empty(), usedUp.get());
    }
    slots.noteEnd(WAIT, number, 1, longer);
    return new Answer(Optional.of(claims), longer);
  }

  /** A code that is entered ends the wait for the next message to its number. */
  public void endWait(String number) {
    slots.release(WAIT, number, 1);
  }

  /** Nothing, or how long until the budget that is used up has a free slot again. */
  private Optional<Duration> claimAll(
      List<Budget> budgets, String whose, boolean numberProven, Claims claims) {
    for (Budget budget : budgets) {
      List<Integer> candidates = candidates(budget, numberProven);
      Optional<Integer> claimed =
          candidates.stream()
              .filter(slot -> slots.claimSlot(budget.name(), whose, slot, budget.window()))
              .findFirst();
      if (claimed.isEmpty()) {
        return Optional.of(slots.firstEnd(budget.name(), whose, candidates, budget.window()));
      }
      claims.add(budget.name(), whose, claimed.get());
      slots.noteEnd(budget.name(), whose, claimed.get(), budget.window());
    }
    return Optional.empty();
  }

  private static List<Integer> candidates(Budget budget, boolean numberProven) {
    return numberProven
        ? IntStream.iterate(budget.size(), slot -> slot >= 1, slot -> slot - 1).boxed().toList()
        : IntStream.rangeClosed(1, budget.unproven()).boxed().toList();
  }

  private static List<Integer> slotsOf(Budget budget) {
    return IntStream.rangeClosed(1, budget.size()).boxed().toList();
  }

  private boolean isTaken(Budget budget, String whose, int slot) {
    return slots.isTaken(budget.name(), whose, slot);
  }

  /** The slots that one message holds, to be given back when it was surely not sent. */
  public static final class Claims {

    private record Held(String what, String whose, int slot) {}

    private final String realmId;
    private final List<Held> held = new ArrayList<>();

    private Claims(String realmId) {
      this.realmId = realmId;
    }

    private void add(String what, String whose, int slot) {
      held.add(new Held(what, whose, slot));
    }

    /** Gives everything back; may be called in another session than the one that claimed. */
    public void release(KeycloakSession session) {
      RealmModel realm = session.realms().getRealm(realmId);
      if (realm != null) {
        Slots slots = new Slots(session, realm);
        held.forEach(slot -> slots.release(slot.what(), slot.whose(), slot.slot()));
      }
    }
  }
}
