package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
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

  private static final String ADDRESS = "address-hour";
  private static final String TRIES = "tries-hour";

  /**
   * What the gateway refuses costs no budget, but it is a call all the same, and gateways bound the
   * calls of an account: nobody makes more than this in an hour. More than any budget of a user, so
   * that whose messages arrive never notices.
   */
  private static final int MOST_TRIES = SendLimits.MAX_USER_HOUR + 10;

  /** Doors where nobody is identified show this budget and no other. */
  private static final String TYPED = "typed";

  private static final String TYPED_WAIT = "wait-typed";

  private static final String REALM_HOUR = "realm-hour";
  private static final String REALM_DAY = "realm-day";
  private static final String UNPROVEN = "-unproven";

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
    List<String> nearlyUsed = new ArrayList<>();
    return claim(
        new Wait(waitOf(request.numberProven()), request.number(), request.leastWait()),
        Budget.of("number", limits.numberHour(), limits.numberDay()),
        request.numberProven(),
        nearlyUsed,
        claims ->
            claimUser(request, claims)
                .or(() -> claimAddress(request, claims))
                .or(() -> claimTry(request))
                .or(() -> claimCaps(request, claims, nearlyUsed)));
  }

  /**
   * Claims one request at a door where nobody is identified. What this refuses may be shown: it
   * depends on nothing but what was typed at that door, and where from. It is not given back
   * whatever becomes of the message, since that would tell whether there was one; so the address's
   * budget bounds the gateway's calls as well, and tries need not be counted.
   *
   * @param typed what was typed, together with the door that it was typed at
   */
  public Answer claimTyped(String typed, String address, Duration leastWait) {
    Request request = new Request(typed, "", false, address, leastWait);
    return claim(
        new Wait(TYPED_WAIT, typed, leastWait),
        Budget.of(TYPED, limits.numberHour(), limits.numberDay()),
        false,
        List.of(),
        claims -> claimAddress(request, claims));
  }

  /**
   * Claims the message behind such a request. What this refuses must not be shown.
   *
   * @param sent whether there will be a message. Where there will be none the same is claimed, and
   *     the claims of the answer are those that nobody misses: the realm's.
   */
  public Answer claimUnseen(Request request, boolean sent) {
    List<String> nearlyUsed = new ArrayList<>();
    Claims caps = new Claims(realm.getId());
    Answer answer =
        claim(
            new Wait(waitOf(false), request.number(), request.leastWait()),
            Budget.of("number", limits.numberHour(), limits.numberDay()),
            false,
            nearlyUsed,
            claims ->
                claimUser(request, claims)
                    .or(() -> claimCaps(request, sent ? claims : caps, nearlyUsed)));
    if (sent) {
      return answer;
    }
    if (answer.claims().isEmpty()) {
      caps.release(session);
      return answer;
    }
    caps.releaseOnRollback(session);
    return new Answer(Optional.of(caps), answer.pause(), List.of());
  }

  /** The wait before the next message to somebody, as one slot. */
  private record Wait(String what, String whose, Duration least) {}

  private Answer claim(
      Wait wait,
      List<Budget> own,
      boolean numberProven,
      List<String> nearlyUsed,
      Function<Claims, Optional<Duration>> others) {
    Duration longer = waitAfter(wait, own.get(0), numberProven);
    if (!slots.claimSlot(wait.what(), wait.whose(), 1, longer)) {
      return refused(slots.firstEnd(wait.what(), wait.whose(), List.of(1), longer));
    }
    Claims claims = new Claims(realm.getId());
    claims.add(wait.what(), wait.whose(), 1);
    Optional<Duration> usedUp =
        claimAll(own, wait.whose(), numberProven, claims).or(() -> others.apply(claims));
    if (usedUp.isPresent()) {
      claims.release(session);
      return refused(usedUp.get());
    }
    slots.noteEnd(wait.what(), wait.whose(), 1, longer);
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

  /** The same for what was typed at a door where nobody is identified. */
  public void endTypedWait(String typed) {
    slots.release(TYPED_WAIT, typed, 1);
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
  private Duration waitAfter(Wait wait, Budget hourly, boolean numberProven) {
    long sent =
        hourly.candidates(numberProven).stream()
            .takeWhile(slot -> slots.isTaken(hourly.name(), wait.whose(), slot))
            .count();
    Duration longer = Budget.waitAfter(sent);
    return longer.compareTo(wait.least()) > 0 ? longer : wait.least();
  }

  private Optional<Duration> claimCaps(Request request, Claims claims, List<String> nearlyUsed) {
    return claimCap(REALM_HOUR, limits.realmHour(), Budget::ofHour, request, claims, nearlyUsed)
        .or(
            () ->
                claimCap(REALM_DAY, limits.realmDay(), Budget::ofDay, request, claims, nearlyUsed));
  }

  /** Strangers have a share of it, and cannot keep proven numbers from their codes. */
  private Optional<Duration> claimCap(
      String what,
      OptionalInt cap,
      BiFunction<String, Integer, Budget> budget,
      Request request,
      Claims claims,
      List<String> nearlyUsed) {
    if (cap.isEmpty()) {
      return Optional.empty();
    }
    Budget whole = budget.apply(what, cap.getAsInt());
    Optional<Duration> strangers =
        request.numberProven()
            ? Optional.empty()
            : claimRing(what + UNPROVEN, whole.unproven(), whole, claims, nearlyUsed);
    return strangers.or(() -> claimRing(what, whole.size(), whole, claims, nearlyUsed));
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
    Budget budget = new Budget(ADDRESS, Budget.HOUR, limits.addressHour(), limits.addressHour());
    return claimAll(List.of(budget), ClientAddress.network(request.address()), false, claims);
  }

  /** Never given back: where the message was not sent, the gateway was asked. */
  private Optional<Duration> claimTry(Request request) {
    String whose =
        request.userId().isEmpty() ? ClientAddress.network(request.address()) : request.userId();
    return claimAll(
        List.of(new Budget(TRIES, Budget.HOUR, MOST_TRIES, MOST_TRIES)),
        whose,
        false,
        new Claims(realm.getId()));
  }

  private Optional<Duration> claimRing(
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
