package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** Doors where nobody is identified show this budget and no other. */
  private static final String TYPED = "typed";

  private static final String TYPED_WAIT = "wait-typed";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final SendLimits limits;
  private final Slots slots;
  private final BudgetClaims budgets;

  public SendBudgets(KeycloakSession session, RealmModel realm, SendLimits limits) {
    this.session = session;
    this.realm = realm;
    this.limits = limits;
    this.slots = new Slots(session, realm);
    this.budgets = new BudgetClaims(realm, limits, slots);
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
            budgets
                .user(request, claims)
                .or(() -> budgets.address(request, claims))
                .or(() -> budgets.oneTry(request))
                .or(() -> budgets.caps(request, claims, nearlyUsed)));
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
        claims -> budgets.address(request, claims));
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
                budgets
                    .user(request, claims)
                    .or(() -> budgets.caps(request, sent ? claims : caps, nearlyUsed)));
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
        budgets.all(own, wait.whose(), numberProven, claims).or(() -> others.apply(claims));
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
        .filter(slot -> slots.isTaken(BudgetClaims.ADDRESS, network, slot))
        .findFirst()
        .ifPresent(slot -> slots.release(BudgetClaims.ADDRESS, network, slot));
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
}
