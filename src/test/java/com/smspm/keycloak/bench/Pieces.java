package com.smspm.keycloak.bench;

import com.smspm.keycloak.limits.SendBudgetsBenchmark;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The pieces of one login that are ours, by JMH: time and memory, and what they are beside a HMAC.
 */
final class Pieces {

  private static final String YARDSTICK = "oneHmac";

  private final PrintStream out;
  private final double scale;

  /**
   * @param scale 1 for the figures of docs/performance.md: two forks of five seconds each
   */
  Pieces(PrintStream out, double scale) {
    this.out = out;
    this.scale = scale;
  }

  void run() throws Exception {
    int seconds = (int) Math.max(1, Math.round(5 * scale));
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("com\\.smspm\\.keycloak\\..*Benchmark\\.")
                    .forks(scale < 1 ? 1 : 2)
                    .warmupIterations(seconds)
                    .measurementIterations(seconds)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementTime(TimeValue.seconds(1))
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();
    List<RunResult> sorted = new ArrayList<>(results);
    sorted.sort((a, b) -> name(a).compareTo(name(b)));
    double hmac =
        sorted.stream()
            .filter(it -> name(it).endsWith("." + YARDSTICK))
            .mapToDouble(it -> it.getPrimaryResult().getScore())
            .findFirst()
            .orElseThrow();
    out.println();
    out.println("| piece | ns | ± | bytes allocated | HMAC-SHA-512s |");
    out.println("|---|---|---|---|---|");
    for (RunResult result : sorted) {
      Result<?> time = result.getPrimaryResult();
      Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
      out.printf(
          Locale.ROOT,
          "| %s | %.0f | %s | %.0f | %.1f |%n",
          name(result),
          time.getScore(),
          Double.isNaN(time.getScoreError()) // of too few measurements
              ? "?"
              : Math.round(time.getScoreError()),
          bytes == null ? Double.NaN : bytes.getScore(),
          time.getScore() / hmac);
    }
    out.println();
    out.println(
        "| message of a login, within an hour | operations of the cache to claim all budgets |");
    out.println("|---|---|");
    List<Integer> operations = SendBudgetsBenchmark.operationsOfEachMessage();
    for (int i = 0; i < operations.size(); i++) {
      out.printf(Locale.ROOT, "| %d | %d |%n", i + 1, operations.get(i));
    }
  }

  private static String name(RunResult result) {
    String whole = result.getParams().getBenchmark();
    String[] parts = whole.split("\\.");
    return parts[parts.length - 2].replace("Benchmark", "") + "." + parts[parts.length - 1];
  }
}
