package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
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
  private static final String UNPROVEN = "-unproven";

  private final RealmModel realm;
  private final SendLimits limits;
  private final Slots slots;

  BudgetClaims(RealmModel realm, SendLimits limits, Slots slots) {
    this.realm = realm;
    this.limits = limits;
    this.slots = slots;
  }

  /** The realm's; {@code nearlyUsed} is told which of them this message has brought to 80 %. */
  Optional<Duration> caps(SendBudgets.Request request, Claims claims, List<String> nearlyUsed) {
    return Stream.of(
            boxed(limits.realmHour()).map(cap -> Budget.ofHour(REALM_HOUR, cap)),
            boxed(limits.realmDay()).map(cap -> Budget.ofDay(REALM_DAY, cap)))
        .flatMap(Optional::stream)
        .flatMap(budget -> cap(budget, request.numberProven(), claims, nearlyUsed).stream())
        .findFirst();
  }

  private static Optional<Integer> boxed(OptionalInt cap) {
    return cap.isPresent() ? Optional.of(cap.getAsInt()) : Optional.empty();
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

  /** Strangers have a share of it, and cannot keep proven numbers from their codes. */
  private Optional<Duration> cap(
      Budget budget, boolean numberProven, Claims claims, List<String> nearlyUsed) {
    Optional<Duration> strangers =
        numberProven
            ? Optional.empty()
            : ring(budget.name() + UNPROVEN, budget.unproven(), budget, claims, nearlyUsed);
    return strangers.or(() -> ring(budget.name(), budget.size(), budget, claims, nearlyUsed));
  }

  private Optional<Duration> ring(
      String name, int size, Budget budget, Claims claims, List<String> nearlyUsed) {
    RealmCap ring = new RealmCap(slots, realm, name, size, budget.window());
    OptionalInt slot = ring.claim();
    if (slot.isEmpty()) {
      return Optional.of(budget.window());
    }
    claims.add(name, "", slot.getAsInt());
    if (ring.isAlertDue(slot.getAsInt())) {
      nearlyUsed.add(budget.name());
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
