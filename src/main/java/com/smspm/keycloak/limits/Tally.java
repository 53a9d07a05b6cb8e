package com.smspm.keycloak.limits;

import java.time.Duration;

/**
 * Counts what happened in which minute. Each thing claims the next free slot of its minute and of
 * its block of ten minutes; a sum over an hour reads the blocks that lie in it as a whole and the
 * minutes of the rest, about fifteen numbers, and each number by halving: no slot is read that need
 * not be. What one thing can make us store is two slots for little more than an hour.
 */
final class Tally {

  private static final int BLOCK = 10;

  /** The hour that is looked back at, and what may be entered up to ten minutes late. */
  static final Duration KEPT = Duration.ofMinutes(75);

  /** Requests at the same moment take each other's slot: so many are tried before a new search. */
  private static final int TRIES = 64;

  /** Beyond this, one is not counted. */
  private static final int SEARCHES = 5;

  private final Slots slots;
  private final String perMinute;
  private final String perBlock;

  Tally(Slots slots, String what) {
    this.slots = slots;
    this.perMinute = what + "-minute";
    this.perBlock = what + "-block";
  }

  /**
   * Counts one.
   *
   * @param minute since 1970
   * @param claims take the count back where it did not happen after all
   * @return the how-manieth this is within ten minutes
   */
  int add(String whose, long minute, Claims claims) {
    claim(perMinute, minuteOf(whose, minute), claims);
    return claim(perBlock, blockOf(whose, minute), claims);
  }

  /** How many there were from one minute on until before another. */
  int count(String whose, long from, long until) {
    int sum = 0;
    long minute = from;
    while (minute < until) {
      boolean whole = minute % BLOCK == 0 && minute + BLOCK <= until;
      sum +=
          whole
              ? taken(slots, perBlock, blockOf(whose, minute))
              : taken(slots, perMinute, minuteOf(whose, minute));
      minute += whole ? BLOCK : 1;
    }
    return sum;
  }

  private static String minuteOf(String whose, long minute) {
    return whose + "/" + minute;
  }

  private static String blockOf(String whose, long minute) {
    return whose + "/" + minute / BLOCK;
  }

  private int claim(String what, String whose, Claims claims) {
    int next = 0;
    for (int search = 0; search < SEARCHES; search++) {
      next = taken(slots, what, whose) + 1;
      for (int last = next + TRIES; next < last; next++) {
        if (slots.claimSlot(what, whose, next, KEPT)) {
          claims.add(later -> giveBack(later, what, whose));
          return next;
        }
      }
    }
    return next;
  }

  /** Frees the last one, whoever claimed it: a gap would hide all that come after it. */
  private static void giveBack(Slots slots, String what, String whose) {
    int last = taken(slots, what, whose);
    while (last > 0 && !slots.take(what, whose, last)) {
      last--;
    }
  }

  /** Slots are taken in a row: doubles its steps until one is free, and halves them back. */
  private static int taken(Slots slots, String what, String whose) {
    int taken = 0;
    int free = 1;
    while (slots.isTaken(what, whose, free)) {
      taken = free;
      free *= 2;
    }
    while (free - taken > 1) {
      int middle = taken + (free - taken) / 2;
      if (slots.isTaken(what, whose, middle)) {
        taken = middle;
      } else {
        free = middle;
      }
    }
    return taken;
  }
}
