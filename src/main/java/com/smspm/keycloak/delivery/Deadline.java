package com.smspm.keycloak.delivery;

import java.time.Duration;
import java.time.Instant;
import org.keycloak.common.util.Time;

/**
 * Until when a message may be sent at all. Two clocks run: how long its user has waited, and the
 * life of what it says. An attempt that has begun is not cut short.
 *
 * @param since of {@link System#nanoTime}, as the next
 * @param waitedUntil of {@link System#nanoTime}
 * @param usefulUntil of the server's clock, as the life of a code is
 */
record Deadline(long since, long waitedUntil, Instant usefulUntil) {

  static Deadline in(Duration longestWait, Instant usefulUntil) {
    long now = System.nanoTime();
    return new Deadline(now, now + longestWait.toNanos(), usefulUntil);
  }

  /** How long the message's user has waited. */
  Duration waited() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /** Whether an attempt may begin after so much time from now. */
  boolean allows(Duration later) {
    return System.nanoTime() + later.toNanos() - waitedUntil < 0 && isUseful(later);
  }

  /** Whether what the message says still holds after so much time from now. */
  boolean isUseful(Duration later) {
    return Instant.ofEpochMilli(Time.currentTimeMillis()).plus(later).isBefore(usefulUntil);
  }
}
