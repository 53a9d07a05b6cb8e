package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.models.RealmModel;

/**
 * Claims one budget after the other for one message. Each answers nothing where there was a slot,
 * and otherwise how long until there is one again; what was claimed before that stays claimed.
 */
final class BudgetClaims {

  static final String ADDRESS = "address-hour";

  private static final String TRIES = "tries-hour";

  /**
   * What the gateway refuses costs no budget, but it is a call all the same, and gateways bound the
   * calls of an account: nobody makes more than this in an hour. More than any budget of a user, so
   * that whose messages arrive never notices.
   */
  private static final int MOST_TRIES = SendLimits.MAX_USER_HOUR + 10;

  private static final String REALM_HOUR = "realm-hour";
  private static final String REALM_DAY = "realm-day";

  private final RealmModel realm;
  private final SendLimits limits;
  private final Slots slots;

  BudgetClaims(RealmModel realm, SendLimits limits, Slots slots) {
    this.realm = realm;
    this.limits = limits;
    this.slots = slots;
  }

  /** The realm's; {@code nearlyUsed} is told which of them this message has brought to 80 %. */
  Optional<Duration> caps(Claims claims, List<String> nearlyUsed) {
    return cap(REALM_HOUR, limits.realmHour(), Budget.HOUR, claims, nearlyUsed)
        .or(() -> cap(REALM_DAY, limits.realmDay(), Budget.DAY, claims, nearlyUsed));
  }

  Optional<Duration> user(SendBudgets.Request request, Claims claims) {
    return request.userId().isEmpty()
        ? Optional.empty()
        : all(
            Budget.of("user", limits.userHour(), limits.userDay()),
            request.userId(),
            request.numberProven(),
            claims);
  }

  Optional<Duration> address(SendBudgets.Request request, Claims claims) {
    if (request.numberProven()) {
      return Optional.empty();
    }
    Budget budget = new Budget(ADDRESS, Budget.HOUR, limits.addressHour(), limits.addressHour());
    return all(List.of(budget), ClientAddress.network(request.address()), false, claims);
  }

  /** Never given back: where the message was not sent, the gateway was asked. */
  Optional<Duration> oneTry(SendBudgets.Request request) {
    String whose =
        request.userId().isEmpty() ? ClientAddress.network(request.address()) : request.userId();
    return all(
        List.of(new Budget(TRIES, Budget.HOUR, MOST_TRIES, MOST_TRIES)),
        whose,
        false,
        new Claims(realm.getId()));
  }

  private Optional<Duration> cap(
      String what, OptionalInt cap, Duration window, Claims claims, List<String> nearlyUsed) {
    if (cap.isEmpty()) {
      return Optional.empty();
    }
    RealmCap ring = new RealmCap(slots, realm, what, cap.getAsInt(), window);
    OptionalInt slot = ring.claim();
    if (slot.isEmpty()) {
      return Optional.of(window);
    }
    claims.add(what, "", slot.getAsInt());
    if (ring.isAlertDue(slot.getAsInt())) {
      nearlyUsed.add(what);
    }
    return Optional.empty();
  }

  /** Nothing, or how long until the budget that is used up has a free slot again. */
  Optional<Duration> all(List<Budget> budgets, String whose, boolean numberProven, Claims claims) {
    for (Budget budget : budgets) {
      List<Integer> candidates = budget.candidates(numberProven);
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
}
