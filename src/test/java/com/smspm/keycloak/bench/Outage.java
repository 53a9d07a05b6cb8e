package com.smspm.keycloak.bench;

import com.smspm.keycloak.bench.Gateway.Mode;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What logins that need no SMS notice of a gateway that hangs, and of a flood of forged delivery
 * reports. One client logs in with a password alone, again and again, in a realm of its own. The
 * passwords of those who ask for codes are cheap to check: what they take is not asked about.
 */
final class Outage {

  /**
   * Calls hang for longer than all of this takes, and who stands behind them waits with them: so
   * after 20 s two hundred wait, and from then on more.
   */
  private static final int USERS_A_SECOND = 10;

  private static final int SECONDS_UNTIL_TWO_HUNDRED_WAIT = 20;

  /** Of {@code max-concurrent}, which stays as it is by default. */
  private static final int CALLS_AT_A_TIME = 32;

  private static final int WARM_UP = 100;
  private static final int REQUESTS_A_SECOND = 1000;
  private static final int FLOOD_SECONDS = 10;

  /** When it ends, the id of a message and a code of authentication. */
  private static final int CAPABILITY_BYTES = Long.BYTES + 36 + 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final PrintStream out;
  private final BenchServer server;
  private final Gateway gateway;
  private final BenchRealm plain;
  private final BenchRealm sms;
  private final double scale;
  private final double seconds;
  private double idle;

  /**
   * @param sms where checking a password takes next to nothing
   * @param scale 1 for the figures of docs/performance.md: 40 s for each measurement
   */
  Outage(
      PrintStream out,
      BenchServer server,
      Gateway gateway,
      BenchRealm plain,
      BenchRealm sms,
      double scale) {
    this.out = out;
    this.server = server;
    this.gateway = gateway;
    this.plain = plain;
    this.sms = sms;
    this.scale = Math.min(1, scale);
    this.seconds = Math.max(2, 40 * scale);
  }

  /** How many users with a number all of this takes; each is used once. */
  static int users(double scale) {
    double arrivals = 2 * Math.max(2, 40 * scale) + Math.min(1, scale) * 20 + 120;
    return (int) (USERS_A_SECOND * arrivals) + WARM_UP;
  }

  void run() throws Exception {
    // Both warm up
    gateway.restartAndRest(Mode.AT_ONCE);
    Load.times(WARM_UP, 2, this::askForACode);
    passwordLogins(new Timings(), Math.min(20, seconds));
    out.println();
    out.println(
        "| password-only logins, one client | logins | p50 | p99 | p99 against idle | others that failed |");
    out.println("|---|---|---|---|---|---|");
    Timings quiet = new Timings();
    passwordLogins(quiet, seconds);
    idle = quiet.quantile(0.99);
    row("idle", quiet, 0);
    gateway.restartAndRest(Mode.AT_ONCE);
    try (Load.Paced arrivals = Load.perSecond(USERS_A_SECOND, this::askForACode)) {
      Timings busy = new Timings();
      passwordLogins(busy, seconds);
      row(asking("answers", arrivals, 0), busy, arrivals.failed());
    }
    hanging();
    flood("requests for Keycloak's own description of a realm", this::description);
    flood("forged delivery reports", this::report);
  }

  /** With how many really asked, and how many have no answer yet: both depend on the machine. */
  private String asking(String gatewayDoes, Load.Paced arrivals, double waitedAtFirst)
      throws Exception {
    return String.format(
        Locale.ROOT,
        "%d users a second ask for codes (%d were shown the page), the gateway %s; at first %.0f wait for it, at last %.0f",
        USERS_A_SECOND,
        arrivals.done(),
        gatewayDoes,
        waitedAtFirst,
        waiting());
  }

  /** In the queue, and in calls. */
  private double waiting() throws Exception {
    double queued = server.metric("smspm_queue_length");
    return queued + (queued > 0 ? CALLS_AT_A_TIME : 0);
  }

  private void hanging() throws Exception {
    gateway.restartAndRest(Mode.HANGING);
    try (Load.Paced arrivals = Load.perSecond(USERS_A_SECOND, this::askForACode)) {
      passwordLogins(new Timings(), SECONDS_UNTIL_TWO_HUNDRED_WAIT * scale);
      double waiting = waiting();
      Timings busy = new Timings();
      passwordLogins(busy, seconds);
      row(asking("hangs", arrivals, waiting), busy, arrivals.failed());
    }
    gateway.restart(Mode.AT_ONCE);
    long start = System.nanoTime();
    int asked = 0;
    while (gateway.requests() == 0 && asked < 120) {
      askForACode();
      asked++;
      passwordLogins(new Timings(), 0.5);
    }
    out.printf(
        Locale.ROOT,
        "| … after which it answers again: the first message reaches it after %.1f s | | | | | |%n",
        (System.nanoTime() - start) / 1e9);
  }

  private void flood(String ofWhat, Supplier<String> target) throws Exception {
    int requests = (int) (REQUESTS_A_SECOND * FLOOD_SECONDS * scale);
    Flood flood = Flood.start(REQUESTS_A_SECOND, requests, target);
    Timings busy = new Timings();
    passwordLogins(busy, FLOOD_SECONDS * scale);
    flood.await();
    row(
        String.format(
            Locale.ROOT,
            "%d %s in %.1f s, answered %s",
            requests,
            ofWhat,
            flood.seconds(),
            flood.statuses()),
        busy,
        0);
  }

  /** What a flood of anything costs, to compare with. */
  private String description() {
    return "/realms/" + sms.name();
  }

  /** Shaped as one of ours that has not ended, so that it has to be looked at as a whole. */
  private String report() {
    byte[] guess = new byte[CAPABILITY_BYTES];
    RANDOM.nextBytes(guess);
    ByteBuffer.wrap(guess).putLong(System.currentTimeMillis() / 1000 + 600);
    return "/realms/"
        + sms.name()
        + "/smspm/delivery-reports/"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(guess)
        + "?id=forged&status=delivered&toNumber=37256000000";
  }

  private Object askForACode() throws Exception {
    return BenchLogin.signIn(sms.next());
  }

  private void passwordLogins(Timings timings, double forSeconds) throws Exception {
    long start = System.nanoTime();
    while (System.nanoTime() - start < forSeconds * 1e9) {
      long begin = System.nanoTime();
      BenchLogin.signIn(plain.next()).mustBeComplete();
      timings.add((System.nanoTime() - begin) / 1e6);
    }
  }

  private void row(String what, Timings timings, int failed) {
    out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f ms | %.0f ms | × %.2f | %d |%n",
        what,
        timings.count(),
        timings.median(),
        timings.quantile(0.99),
        timings.quantile(0.99) / idle,
        failed);
  }
}
