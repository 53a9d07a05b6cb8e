package com.smspm.keycloak.telemetry;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.code.Verdict;
import com.smspm.keycloak.phone.PhoneNumber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What is counted and timed. The meters live in Micrometer's global registry, which Keycloak shows
 * on its management port where metrics are on; where they are off, every call here does nothing.
 *
 * <p>Every tag has a closed set of values, so that neither users nor strangers can make new series:
 * constants of enums, the ids of installed gateways, and {@linkplain #countryGroup country groups}.
 * No number, code, user or realm is ever a tag. The table is in {@code docs/operations.md}.
 */
public final class Meters {

  private static final String PURPOSE = "purpose";
  private static final String COUNTRY_GROUP = "country_group";
  private static final String OUTCOME = "outcome";

  private static final MeterProvider<Counter> MESSAGES =
      Counter.builder("smspm.messages")
          .description("Messages by what became of them at the gateway")
          .withRegistry(Metrics.globalRegistry);

  private static final MeterProvider<Counter> REPORTS =
      Counter.builder("smspm.reports")
          .description("Messages by the end that a delivery report told of")
          .withRegistry(Metrics.globalRegistry);

  private static final MeterProvider<Counter> FAILOVERS =
      Counter.builder("smspm.failovers")
          .description("Messages that one gateway did not take and the next was asked to")
          .withRegistry(Metrics.globalRegistry);

  private static final MeterProvider<Counter> VERIFICATIONS =
      Counter.builder("smspm.verifications")
          .description("Answers to challenges, by verdict")
          .withRegistry(Metrics.globalRegistry);

  private static final MeterProvider<Counter> CHALLENGES =
      Counter.builder("smspm.challenges")
          .description("Challenges opened and answered: their quotient is the conversion")
          .withRegistry(Metrics.globalRegistry);

  /** The bounds are what an operator asks about: at once, as promised, slow, timed out. */
  private static final MeterProvider<Timer> GATEWAY =
      Timer.builder("smspm.gateway.duration")
          .description("From a call to a gateway to its answer")
          .serviceLevelObjectives(millis(50, 100, 200, 500, 1_000, 3_000, 10_000))
          .withRegistry(Metrics.globalRegistry);

  /** As above, and the ten seconds that a message may wait before a call of ten seconds. */
  private static final MeterProvider<Timer> ACCEPTANCE =
      Timer.builder("smspm.acceptance.duration")
          .description("From the end of the request that asked for a message to its acceptance")
          .serviceLevelObjectives(millis(50, 100, 200, 500, 1_000, 3_000, 10_000, 20_000))
          .withRegistry(Metrics.globalRegistry);

  /** SMSPM states 3 s; a code that comes after five minutes is dead by default. */
  private static final MeterProvider<Timer> DELIVERY =
      Timer.builder("smspm.delivery.duration")
          .description("From the gateway's taking a message to the report of its end")
          .serviceLevelObjectives(millis(1_000, 3_000, 5_000, 10_000, 30_000, 60_000, 300_000))
          .withRegistry(Metrics.globalRegistry);

  private static final MeterProvider<Timer> BUDGETS =
      Timer.builder("smspm.budgets.duration")
          .description("Claiming all budgets of one message, within the request")
          .withRegistry(Metrics.globalRegistry);

  private Meters() {}

  /**
   * A gateway took a message.
   *
   * @param took since the request that asked for it has ended: waiting, pauses and further tries
   *     included
   */
  public static void accepted(Purpose purpose, PhoneNumber to, Duration took) {
    message(purpose, to, "accepted");
    ACCEPTANCE.withTags().record(took);
  }

  /**
   * A message was surely not sent.
   *
   * @param reason a constant of an enum, so one of a closed set
   */
  public static void notSent(Purpose purpose, PhoneNumber to, Enum<?> reason) {
    message(purpose, to, valueOf(reason));
  }

  /** Nobody can say whether a message was sent. */
  public static void unclear(Purpose purpose, PhoneNumber to) {
    message(purpose, to, "unclear");
  }

  /**
   * One gateway did not take a message, and the next was asked to.
   *
   * @param gateway the provider's id
   * @param reason a constant of an enum, so one of a closed set
   */
  public static void passedOn(String gateway, Enum<?> reason) {
    FAILOVERS.withTags("gateway", gateway, "reason", valueOf(reason)).increment();
  }

  private static void message(Purpose purpose, PhoneNumber to, String outcome) {
    MESSAGES
        .withTags(PURPOSE, valueOf(purpose), COUNTRY_GROUP, countryGroup(to), OUTCOME, outcome)
        .increment();
  }

  /** Somebody answered a challenge, or tried to. */
  public static void verified(Purpose purpose, Verdict.Kind verdict) {
    VERIFICATIONS.withTags(PURPOSE, valueOf(purpose), "verdict", valueOf(verdict)).increment();
  }

  /** The first message of a challenge is on its way. */
  public static void opened(Purpose purpose, PhoneNumber number) {
    challenge(purpose, number, "opened");
  }

  /** A challenge was answered with the right code, which happens once at most. */
  public static void answered(Purpose purpose, PhoneNumber number) {
    challenge(purpose, number, "answered");
  }

  private static void challenge(Purpose purpose, PhoneNumber number, String state) {
    CHALLENGES
        .withTags(PURPOSE, valueOf(purpose), COUNTRY_GROUP, countryGroup(number), "state", state)
        .increment();
  }

  /**
   * A message has reached its last state, as a delivery report says.
   *
   * @param countryGroup as {@link #countryGroup} says
   * @param state a constant of an enum, so one of a closed set
   * @param took since a gateway took it; a negative one, from clocks that differ, counts as zero
   */
  public static void reported(Purpose purpose, String countryGroup, Enum<?> state, Duration took) {
    String outcome = valueOf(state);
    REPORTS
        .withTags(PURPOSE, valueOf(purpose), COUNTRY_GROUP, countryGroup, OUTCOME, outcome)
        .increment();
    DELIVERY.withTag(OUTCOME, outcome).record(took.isNegative() ? Duration.ZERO : took);
  }

  /** Times how long a login waits for the claiming of its budgets. */
  public static <T> T budgets(Supplier<T> claiming) {
    return BUDGETS.withTags().record(claiming);
  }

  /**
   * @param gateway the provider's id
   * @param outcome from a closed set
   */
  static void call(String gateway, String outcome, Duration took) {
    GATEWAY.withTags("gateway", gateway, OUTCOME, outcome).record(took);
  }

  /**
   * The world zone of a number, {@code 1} to {@code 9}: the first digit of its calling code (ITU-T
   * E.164, list of assigned codes). Fine enough to see where money goes or messages fail, and never
   * more than nine series.
   */
  public static String countryGroup(PhoneNumber number) {
    return number.e164().substring(1, 2);
  }

  static String valueOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Duration[] millis(long... bounds) {
    Duration[] durations = new Duration[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      durations[i] = Duration.ofMillis(bounds[i]);
    }
    return durations;
  }
}
