package com.smspm.keycloak.it;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what happens in the background, by looking again until a bound. */
final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Eventually() {}

  static void holds(BooleanSupplier condition) {
    holds(condition, PATIENCE);
  }

  static void holds(BooleanSupplier condition, Duration atMost) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > atMost.toNanos()) {
        throw new AssertionError("did not come to hold within " + atMost);
      }
      Thread.onSpinWait();
    }
  }
}
