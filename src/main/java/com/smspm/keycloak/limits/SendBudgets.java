package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * How many messages may be sent: to a number, for a user, for a client address, in a realm. All
 * budgets are claimed before anything is sent, so requests that come together cannot share one
 * claim; a rollback of the transaction gives them back. Only tries are gone for good.
 *
 * <p>A door where the number is not yet proven to be this user's can only use the first few slots
 * of number and user, and every other door takes the last ones first: a stranger cannot use up
 * somebody's codes. For the same reason the two kinds of door do not wait for each other.
 */
public final class SendBudgets {

  /**
   * One message that somebody wants to be sent.
   *
   * @param number E.164
   * @param userId empty while nobody is identified
   * @param numberProven whether the number is known to be this user's
   * @param address of the client; counted only where the number is not proven
   * @param leastWait the wait after this message is at least this long
   */
  public record Request(
      String number, String userId, boolean numberProven, String address, Duration leastWait) {}

  /**
   * The answer to a request: either granted, or how long until asking again makes sense.
   *
   * @param claims what was claimed, empty unless granted
   * @param pause until the next message is possible: after this one, or before the first
   * @param nearlyUsed the caps of the realm that this message has brought to 80 %
   */
  public record Answer(Optional<Claims> claims, Duration pause, List<String> nearlyUsed) {}

  /**
   * A budget.
   *
   * @param window the time in which at most {@code size} messages are sent
   * @param unproven how many of them by doors where the number is not yet proven
   */
  private record Budget(String name, Duration window, int size, int unproven) {

    /** Of five in an hour three, of fifteen in a day eight; at least one. */
    static List<Budget> of(String whose, int hour, int day) {
      return List.of(
          new Budget(whose + "-hour", HOUR, hour, Math.max(1, hour * 3 / 5)),
          new Budget(whose + "-day", DAY, day, Math.max(1, day * 8 / 15)));
    }

    List<Integer> candidates(boolean numberProven) {
      return numberProven
          ? IntStream.iterate(size, slot -> slot >= 1, slot -> slot - 1).boxed().toList()
          : IntStream.rangeClosed(1, unproven).boxed().toList();
    }
  }

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** Between the first and the second message to a number within an hour, the second and third… */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(300));

  private static final String ADDRESS = "address-hour";
  private static final String TRIES = "tries-hour";

  /**
   * What the gateway refuses costs no budget, but it is a call all the same, and gateways bound the
   * calls of an account: nobody makes more than this in an hour. More than any budget of a user, so
   * that whose messages arrive never notices.
   */
  private static final int MOST_TRIES = SendLimits.MAX_USER_HOUR + 10;

  private static final String REALM_HOUR = "realm-hour";
  private static final String REALM_DAY = "realm-day";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final SendLimits limits;
  private final Slots slots;

  public SendBudgets(KeycloakSession session, RealmModel realm, SendLimits limits) {
    this.session = session;
    this.realm = realm;
    this.limits = limits;
    this.slots = new Slots(session, realm);
  }

  /** Claims one message. */
  public Answer claim(Request request) {
    List<Budget> ofNumber = Budget.of("number", limits.numberHour(), limits.numberDay());
    String wait = waitOf(request.numberProven());
    Duration longer = waitAfter(request, ofNumber.get(0));
    if (!slots.claimSlot(wait, request.number(), 1, longer)) {
      return refused(slots.firstEnd(wait, request.number(), List.of(1), longer));
    }
    Claims claims = new Claims(realm.getId());
    claims.add(wait, request.number(), 1);
    List<String> nearlyUsed = new ArrayList<>();
    Optional<Duration> usedUp =
        claimAll(ofNumber, request.number(), request.numberProven(), claims)
            .or(() -> claimUser(request, claims))
            .or(() -> claimAddress(request, claims))
            .or(() -> claimTry(request))
            .or(() -> claimRealm(REALM_HOUR, limits.realmHour(), HOUR, claims, nearlyUsed))
            .or(() -> claimRealm(REALM_DAY, limits.realmDay(), DAY, claims, nearlyUsed));
    if (usedUp.isPresent()) {
      claims.release(session);
      return refused(usedUp.get());
    }
    slots.noteEnd(wait, request.number(), 1, longer);
    claims.releaseOnRollback(session);
    return new Answer(Optional.of(claims), longer, nearlyUsed);
  }

  private static Answer refused(Duration pause) {
    return new Answer(Optional.empty(), pause, List.of());
  }

  /** A code that is entered ends the wait for the next message to its number. */
  public void endWait(String number, boolean numberProven) {
    slots.release(waitOf(numberProven), number, 1);
  }

  /** A code that is entered gives its address one message back. */
  public void giveBackAddress(String address) {
    String network = ClientAddress.network(address);
    IntStream.rangeClosed(1, limits.addressHour())
        .filter(slot -> slots.isTaken(ADDRESS, network, slot))
        .findFirst()
        .ifPresent(slot -> slots.release(ADDRESS, network, slot));
  }

  private static String waitOf(boolean numberProven) {
    return numberProven ? "wait" : "wait-unproven";
  }

  /** It grows with each message that this kind of door has sent within the hour. */
  private Duration waitAfter(Request request, Budget hourly) {
    long sent =
        hourly.candidates(request.numberProven()).stream()
            .takeWhile(slot -> slots.isTaken(hourly.name(), request.number(), slot))
            .count();
    Duration wait = WAITS.get((int) Math.min(sent, WAITS.size() - 1));
    return wait.compareTo(request.leastWait()) > 0 ? wait : request.leastWait();
  }

  private Optional<Duration> claimUser(Request request, Claims claims) {
    return request.userId().isEmpty()
        ? Optional.empty()
        : claimAll(
            Budget.of("user", limits.userHour(), limits.userDay()),
            request.userId(),
            request.numberProven(),
            claims);
  }

  private Optional<Duration> claimAddress(Request request, Claims claims) {
    if (request.numberProven()) {
      return Optional.empty();
    }
    Budget budget = new Budget(ADDRESS, HOUR, limits.addressHour(), limits.addressHour());
    return claimAll(List.of(budget), ClientAddress.network(request.address()), false, claims);
  }

  /** Never given back: where the message was not sent, the gateway was asked. */
  private Optional<Duration> claimTry(Request request) {
    String whose =
        request.userId().isEmpty() ? ClientAddress.network(request.address()) : request.userId();
    return claimAll(
        List.of(new Budget(TRIES, HOUR, MOST_TRIES, MOST_TRIES)),
        whose,
        false,
        new Claims(realm.getId()));
  }

  private Optional<Duration> claimRealm(
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
  private Optional<Duration> claimAll(
      List<Budget> budgets, String whose, boolean numberProven, Claims claims) {
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
