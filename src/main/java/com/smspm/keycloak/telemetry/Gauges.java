package com.smspm.keycloak.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import java.util.function.IntSupplier;

/**
 * What can be looked at any time: asked whenever somebody reads the metrics, and never kept.
 * Whoever registers one closes it in the end, or the next one of the same name would not be seen.
 */
public final class Gauges implements AutoCloseable {

  private final Meter meter;

  private Gauges(Gauge.Builder<?> gauge) {
    meter = gauge.register(Metrics.globalRegistry);
  }

  /** How many messages wait for a thread on this node. */
  public static Gauges queue(IntSupplier length) {
    return new Gauges(
        Gauge.builder("smspm.queue.length", length::getAsInt)
            .description("Messages that wait to be sent")
            .strongReference(true));
  }

  /**
   * How many of a gateway's circuit breakers are in a state on this node. There is one for each
   * account, and realms bring as many as they like: that is why they are counted, not named.
   *
   * @param gateway the provider's id
   * @param state a constant of an enum, so one of a closed set
   */
  public static Gauges breakers(String gateway, Enum<?> state, IntSupplier howMany) {
    return new Gauges(
        Gauge.builder("smspm.breakers", howMany::getAsInt)
            .description("Circuit breakers, one for each account of a gateway, by state")
            .tag("gateway", gateway)
            .tag("state", Meters.valueOf(state))
            .strongReference(true));
  }

  /** Takes the gauge out of the registry. */
  @Override
  public void close() {
    Metrics.globalRegistry.remove(meter);
  }
}
