package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A budget.
 *
 * @param window the time in which at most {@code size} messages are sent
 * @param unproven how many of them by doors where the number is not yet proven
 */
record Budget(String name, Duration window, int size, int unproven) {

  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);

  /** Between the first and the second message to a number within an hour, the second and third… */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(120),
          Duration.ofSeconds(300));

  /** Of five in an hour three, of fifteen in a day eight; at least one. */
  static List<Budget> of(String whose, int hour, int day) {
    return List.of(ofHour(whose + "-hour", hour), ofDay(whose + "-day", day));
  }

  static Budget ofHour(String name, int size) {
    return new Budget(name, HOUR, size, share(size, 3, 5));
  }

  static Budget ofDay(String name, int size) {
    return new Budget(name, DAY, size, share(size, 8, 15));
  }

  private static int share(int size, long part, long of) {
    return (int) Math.max(1, size * part / of);
  }

  /** How long after so many messages within an hour. */
  static Duration waitAfter(long sent) {
    return WAITS.get((int) Math.min(sent, WAITS.size() - 1));
  }

  /** Its slots, in the order in which a door takes them. */
  List<Integer> candidates(boolean numberProven) {
    return numberProven
        ? IntStream.iterate(size, slot -> slot >= 1, slot -> slot - 1).boxed().toList()
        : IntStream.rangeClosed(1, unproven).boxed().toList();
  }
}
