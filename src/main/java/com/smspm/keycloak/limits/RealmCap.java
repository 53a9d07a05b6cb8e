package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.RealmModel;

/**
 * A cap on all messages of a realm in a window, for numbers too large to try one slot after the
 * other. The slots stand in a ring and are taken in turn, so that those in use are one stretch of
 * it, which moves round as its oldest become free. Each node remembers where it took its last one,
 * and searches from there with growing steps for where the other nodes have come to.
 *
 * <p>It never grants more than the cap. Near it, it may refuse a little early.
 */
final class RealmCap {

  /** What an admin wants to hear of before it is too late: 80 % of a cap. */
  private static final int ALERT_PERCENT = 80;

  /** A hint of this node, not a count: a wrong one costs a few look-ups. */
  private static final Map<String, Integer> LAST_TAKEN = new ConcurrentHashMap<>();

  private static final int MOST_HINTS = 10_000;
  private static final int TRIES = 8;
  private static final String ALERTED = "-alerted";

  private final Slots slots;
  private final String what;
  private final int cap;
  private final Duration window;
  private final String hint;

  RealmCap(Slots slots, RealmModel realm, String what, int cap, Duration window) {
    this.slots = slots;
    this.what = what;
    this.cap = cap;
    this.window = window;
    this.hint = realm.getId() + what + cap;
  }

  /** Claims one message; nothing when the cap is reached. */
  OptionalInt claim() {
    int from = LAST_TAKEN.getOrDefault(hint, cap);
    for (int tries = 0; tries < TRIES; tries++) {
      OptionalInt free = firstFreeAfter(from);
      if (free.isEmpty()) {
        return free;
      }
      from = free.getAsInt();
      if (slots.claimSlot(what, "", from, window)) {
        remember(from);
        return free;
      }
    }
    return OptionalInt.empty();
  }

  /** Doubles its steps until a slot is free, and halves them back to where the stretch ends. */
  private OptionalInt firstFreeAfter(int from) {
    int taken = 0;
    int free = 1;
    while (isTaken(from, free)) {
      if (free == cap) {
        return OptionalInt.empty();
      }
      taken = free;
      free = Math.min(cap, free * 2);
    }
    while (free - taken > 1) {
      int middle = taken + (free - taken) / 2;
      if (isTaken(from, middle)) {
        taken = middle;
      } else {
        free = middle;
      }
    }
    return OptionalInt.of(at(from, free));
  }

  /** Whether the cap is used to 80 % by now; said once in a window. */
  boolean isAlertDue(int slot) {
    int room = cap - (int) Math.ceil(cap * ALERT_PERCENT / 100.0);
    return slots.isTaken(what, "", at(slot, room + 1))
        && slots.claimSlot(what + ALERTED, "", 1, window);
  }

  private boolean isTaken(int from, int steps) {
    return slots.isTaken(what, "", at(from, steps));
  }

  private int at(int from, int steps) {
    return (from - 1 + steps) % cap + 1;
  }

  private void remember(int slot) {
    if (LAST_TAKEN.size() > MOST_HINTS) {
      LAST_TAKEN.clear();
    }
    LAST_TAKEN.put(hint, slot);
  }
}
