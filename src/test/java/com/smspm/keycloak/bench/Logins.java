package com.smspm.keycloak.bench;

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

  private static final int BLOCKS = 10;
  private static final int PAGES_AT_A_TIME = 2;
  private static final int LOGINS_AT_A_TIME = 8;
  private static final int MOST_AT_A_TIME = 32;

  /**
   * A login's code is compiled for good after some thousands only, and what the compiler takes is
   * counted as the login's.
   */
  private static final int WARM_UP = 20_000;

  /** What hashing adds has to be warm as well. */
  private static final int WARM_PAGES = 100;

  /** Processor time is counted in hundredths of a second, so more logins make it finer. */
  private static final int CPU_LOGINS_FACTOR = 4;

  private static final String CLAIMS = "smspm_budgets_duration_seconds";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final PrintStream out;
  private final BenchServer server;
  private final Gateway gateway;
  private final Sides sides;
  private final Sides cheap;
  private final int pages;
  private final int logins;
  private final int messages;
  private final int warmUp;

  /** What is compared. */
  record Sides(BenchRealm totp, BenchRealm sms) {}

  /**
   * @param cheap where checking a password takes next to nothing
   * @param scale 1 for the figures of docs/performance.md: 400 pages for each kind of gateway, 400
   *     logins, 1000 messages
   */
  Logins(
      PrintStream out,
      BenchServer server,
      Gateway gateway,
      Sides sides,
      Sides cheap,
      double scale) {
    this.out = out;
    this.server = server;
    this.gateway = gateway;
    this.sides = sides;
    this.cheap = cheap;
    this.pages = inBlocks(400 * scale);
    this.logins = inBlocks(400 * scale);
    this.messages = inBlocks(1000 * scale);
    this.warmUp = inBlocks(WARM_UP * scale);
  }

  /** How many users all of this takes on each side; each is used once. */
  static int users(double scale) {
    Mode[] modes = Mode.values();
    return inBlocks(400 * scale) * modes.length
        + inBlocks(400 * scale)
        + inBlocks(1000 * scale)
        + inBlocks(400 * scale)
        + WARM_PAGES;
  }

  /** The same, where passwords are cheap. */
  static int cheapUsers(double scale) {
    return inBlocks(WARM_UP * scale) + 2 * CPU_LOGINS_FACTOR * inBlocks(400 * scale);
  }

  private static int inBlocks(double count) {
    return Math.max(1, (int) Math.round(count / BLOCKS)) * BLOCKS;
  }

  void run() throws Exception {
    gateway.restartAndRest(Mode.AT_ONCE);
    for (int block = 0; block < BLOCKS; block++) {
      Load.times(warmUp / BLOCKS, LOGINS_AT_A_TIME, totpLogin(cheap));
      Load.times(warmUp / BLOCKS, LOGINS_AT_A_TIME, smsLogin(cheap));
    }
    Load.times(WARM_PAGES, PAGES_AT_A_TIME, page(sides.totp, new Timings()));
    Load.times(WARM_PAGES, PAGES_AT_A_TIME, page(sides.sms, new Timings()));
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
    out.println("| | TOTP | SMS, gateway at once | SMS against TOTP |");
    out.println("|---|---|---|---|");
    gateway.restartAndRest(Mode.AT_ONCE);
    Pair whole = new Pair(sides, logins, LOGINS_AT_A_TIME);
    row("logins a second, 8 at a time", whole.totp.perSecond(), whole.sms.perSecond(), "× %.2f");
    gateway.restartAndRest(Mode.AT_ONCE);
    processor("8 at a time", LOGINS_AT_A_TIME);
    processor("one at a time", 1);
  }

  /** Passwords that are cheap to check: the hashing would be nearly all of it. */
  private void processor(String logins, int atATime) throws Exception {
    Pair bare = new Pair(cheap, CPU_LOGINS_FACTOR * this.logins, atATime);
    millis(
        "server's processor time for a login without hashing, " + logins,
        bare.totp.cpuPerLogin(),
        bare.sms.cpuPerLogin());
    millis(
        "of that what compilers still took",
        bare.totp.compilerPerLogin(),
        bare.sms.compilerPerLogin());
  }

  private void millis(String what, double totp, double sms) {
    out.printf(Locale.ROOT, "| %s | %.2f ms | %.2f ms | %+.2f ms |%n", what, totp, sms, sms - totp);
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
    Load.times(messages, MOST_AT_A_TIME, () -> BenchLogin.signIn(sides.sms.next()));
    drain(messages);
    int atMost = gateway.connections();
    gateway.restartAndRest(Mode.AT_ONCE);
    double claims = server.metric(CLAIMS + "_count");
    double seconds = server.metric(CLAIMS + "_sum");
    Load.times(pages, 1, this::messageThatIsAnswered);
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

  /** A message is there before its answer is read: the next would find its connection taken. */
  private Object messageThatIsAnswered() throws Exception {
    BenchLogin login = BenchLogin.signIn(sides.sms.next());
    long start = System.nanoTime();
    while (login.deliveryState().filter("queued"::equals).isPresent()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("a message was never answered");
      }
    }
    return null;
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
      Load.times(pages / BLOCKS, PAGES_AT_A_TIME, page(sides.totp, ofTotp));
      Load.times(pages / BLOCKS, PAGES_AT_A_TIME, page(sides.sms, ofSms));
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

  private static Callable<?> totpLogin(Sides sides) {
    return () -> {
      BenchLogin.signIn(sides.totp.next()).enterCode(BenchRealm.totpCode()).mustBeComplete();
      return null;
    };
  }

  private Callable<?> smsLogin(Sides sides) {
    return () -> {
      BenchRealm.User user = sides.sms.next();
      BenchLogin login = BenchLogin.signIn(user);
      login.enterCode(gateway.codeFor(user)).mustBeComplete();
      return null;
    };
  }

  /** Both sides in turn, so that other work on the machine meets both; which is first changes. */
  private final class Pair {

    private final Run totp;
    private final Run sms;

    Pair(Sides sides, int count, int atATime) throws Exception {
      totp = new Run(totpLogin(sides), count, atATime);
      sms = new Run(smsLogin(sides), count, atATime);
      for (int block = 0; block < BLOCKS; block++) {
        (block % 2 == 0 ? totp : sms).block();
        (block % 2 == 0 ? sms : totp).block();
      }
    }
  }

  /** What several blocks of logins took together. */
  private final class Run {

    private final Callable<?> login;
    private final int count;
    private final int atATime;
    private double seconds;
    private double cpuMillis;
    private double compilerMillis;

    Run(Callable<?> login, int count, int atATime) {
      this.login = login;
      this.count = count;
      this.atATime = atATime;
    }

    void block() throws Exception {
      double compilers = server.compilerMillis();
      double cpu = server.cpuMillis();
      long start = System.nanoTime();
      Load.times(count / BLOCKS, atATime, login);
      seconds += (System.nanoTime() - start) / 1e9;
      cpuMillis += server.cpuMillis() - cpu;
      compilerMillis += server.compilerMillis() - compilers;
    }

    double perSecond() {
      return count / seconds;
    }

    double cpuPerLogin() {
      return cpuMillis / count;
    }

    double compilerPerLogin() {
      return compilerMillis / count;
    }
  }
}
