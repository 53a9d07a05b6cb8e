package com.smspm.keycloak.bench;

import com.smspm.keycloak.bench.BenchRealm.Kind;
import com.smspm.keycloak.bench.Gateway.Mode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Whole logins over HTTP: Keycloak's own TOTP and codes by SMS, in turns within one run, so that
 * other work on the machine meets both.
 */
final class Logins {

  private static final int BLOCKS = 5;
  private static final int PAGES_AT_A_TIME = 2;
  private static final int LOGINS_AT_A_TIME = 8;
  private static final int MOST_AT_A_TIME = 32;

  private static final String CLAIMS = "smspm_budgets_duration_seconds";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final PrintStream out;
  private final BenchServer server;
  private final Gateway gateway;
  private final BenchRealm totp;
  private final BenchRealm sms;
  private final int pages;
  private final int logins;
  private final int messages;

  /**
   * @param scale 1 for the figures of docs/performance.md: 200 pages for each kind of gateway, 400
   *     logins, 1000 messages
   */
  Logins(
      PrintStream out,
      BenchServer server,
      Gateway gateway,
      BenchRealm totp,
      BenchRealm sms,
      double scale) {
    this.out = out;
    this.server = server;
    this.gateway = gateway;
    this.totp = totp;
    this.sms = sms;
    this.pages = inBlocks(200 * scale);
    this.logins = inBlocks(400 * scale);
    this.messages = inBlocks(1000 * scale);
  }

  /** How many users with a number all of this takes; each is used once. */
  static int users(double scale) {
    Mode[] modes = Mode.values();
    return inBlocks(200 * scale) * modes.length
        + inBlocks(400 * scale) * 2 // the first half warms up
        + inBlocks(1000 * scale)
        + inBlocks(200 * scale);
  }

  private static int inBlocks(double count) {
    return Math.max(1, (int) Math.round(count / BLOCKS)) * BLOCKS;
  }

  void run() throws Exception {
    gateway.restartAndRest(Mode.AT_ONCE);
    Load.times(logins, LOGINS_AT_A_TIME, this::smsLogin);
    Load.times(logins, LOGINS_AT_A_TIME, this::totpLogin);
    throughput();
    connections();
    out.println();
    out.println("| gateway | page p50 | page p99 | TOTP p50 | TOTP p99 | p50 against TOTP |");
    out.println("|---|---|---|---|---|---|");
    // Hanging last: what waits there for its timeout must not wait into another measurement
    for (Mode mode : Mode.values()) {
      pages(mode);
    }
  }

  private void throughput() throws Exception {
    gateway.restartAndRest(Mode.AT_ONCE);
    Run ofTotp = new Run();
    Run ofSms = new Run();
    for (int block = 0; block < BLOCKS; block++) {
      ofTotp.measure(this::totpLogin);
      ofSms.measure(this::smsLogin);
    }
    out.println("| | TOTP | SMS, gateway at once | SMS against TOTP |");
    out.println("|---|---|---|---|");
    row("logins a second, 8 at a time", ofTotp.perSecond(), ofSms.perSecond(), "× %.2f");
    double more = ofSms.cpuPerLogin() - ofTotp.cpuPerLogin();
    out.printf(
        Locale.ROOT,
        "| server's processor time for a login | %.1f ms | %.1f ms | %+.1f ms |%n",
        ofTotp.cpuPerLogin(),
        ofSms.cpuPerLogin(),
        more);
  }

  private void row(String what, double totpValue, double smsValue, String ratio) {
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | " + ratio + " |%n",
        what,
        totpValue,
        smsValue,
        smsValue / totpValue);
  }

  private void connections() throws Exception {
    gateway.restartAndRest(Mode.AT_ONCE);
    Load.times(messages, MOST_AT_A_TIME, () -> BenchLogin.signIn(sms.next()));
    drain(messages);
    int atMost = gateway.connections();
    gateway.restartAndRest(Mode.AT_ONCE);
    double claims = server.metric(CLAIMS + "_count");
    double seconds = server.metric(CLAIMS + "_sum");
    Load.times(pages, 1, this::smsLogin);
    claims = server.metric(CLAIMS + "_count") - claims;
    seconds = server.metric(CLAIMS + "_sum") - seconds;
    out.printf(
        Locale.ROOT,
        "| claiming all budgets, one login at a time, mean of %.0f | | %.3f ms | |%n",
        claims,
        1000 * seconds / claims);
    out.printf(
        Locale.ROOT,
        "| connections opened for %d messages, %d at a time; for %d, one at a time | | %d; %d | |%n",
        messages,
        MOST_AT_A_TIME,
        pages,
        atMost,
        gateway.connections());
  }

  /**
   * @throws IllegalStateException when some messages did not come within a minute
   */
  private void drain(int count) {
    long start = System.nanoTime();
    while (gateway.requests() < count && System.nanoTime() - start < PATIENCE.toNanos()) {
      Thread.onSpinWait();
    }
    if (gateway.requests() < count) {
      throw new IllegalStateException(count - gateway.requests() + " messages never came");
    }
  }

  private void pages(Mode mode) throws Exception {
    gateway.restartAndRest(mode);
    Timings ofTotp = new Timings();
    Timings ofSms = new Timings();
    for (int block = 0; block < BLOCKS; block++) {
      Load.times(pages / BLOCKS, PAGES_AT_A_TIME, page(totp, ofTotp));
      Load.times(pages / BLOCKS, PAGES_AT_A_TIME, page(sms, ofSms));
    }
    out.printf(
        Locale.ROOT,
        "| %s | %.0f ms | %.0f ms | %.0f ms | %.0f ms | × %.2f |%n",
        mode.label,
        ofSms.median(),
        ofSms.quantile(0.99),
        ofTotp.median(),
        ofTotp.quantile(0.99),
        ofSms.median() / ofTotp.median());
  }

  private static Callable<?> page(BenchRealm realm, Timings timings) {
    return () -> {
      timings.add(BenchLogin.signIn(realm.next()).pageMillis());
      return null;
    };
  }

  private Object totpLogin() throws Exception {
    BenchLogin.signIn(totp.next()).enterCode(BenchRealm.totpCode()).mustBeComplete();
    return Kind.TOTP;
  }

  private Object smsLogin() throws Exception {
    BenchRealm.User user = sms.next();
    BenchLogin login = BenchLogin.signIn(user);
    login.enterCode(gateway.codeFor(user)).mustBeComplete();
    return Kind.SMS;
  }

  /** What several blocks of logins took together. */
  private final class Run {

    private double seconds;
    private double cpuMillis;

    void measure(Callable<?> login) throws Exception {
      double cpu = server.cpuMillis();
      long start = System.nanoTime();
      Load.times(logins / BLOCKS, LOGINS_AT_A_TIME, login);
      seconds += (System.nanoTime() - start) / 1e9;
      cpuMillis += server.cpuMillis() - cpu;
    }

    double perSecond() {
      return logins / seconds;
    }

    double cpuPerLogin() {
      return cpuMillis / logins;
    }
  }
}
