package com.smspm.keycloak.bench;

import com.smspm.keycloak.bench.Gateway.Mode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

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
   * What the compiler takes is counted as the login's, and it has done with a login after some
   * twenty-eight thousand only.
   */
  private static final int WARM_UP = 30_000;

  /** What hashing adds has to be warm as well. */
  private static final int WARM_PAGES = 100;

  /**
   * What one login takes differs from block to block by more than the two sides differ: a collector
   * or another machine on the same host runs now and then. So there are many blocks, and the mean
   * of the differences is given with its standard error.
   */
  private static final int CPU_BLOCKS = 40;

  private static final int CPU_LOGINS_FACTOR = 16;

  /** So many times as many logins as there are at a time: all of them wait together. */
  private static final int ROUNDS = 5;

  private static final int BLOCKS_OF_ROUNDS = 2;

  private static final String CLAIMS = "smspm_budgets_duration_seconds";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** With the others no code comes, and so no login ends. */
  private static final List<Mode> SENDING = List.of(Mode.AT_ONCE, Mode.IN_200_MS, Mode.IN_3_S);

  private final PrintStream out;
  private final BenchServer server;
  private final Gateway gateway;
  private final Sides sides;
  private final Sides cheap;
  private final int pages;
  private final int logins;
  private final int cpuLogins;
  private final int wholeLogins;
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
    this.cpuLogins = cpuLogins(scale);
    this.wholeLogins = wholeLogins(scale);
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
    return inBlocks(WARM_UP * scale) + 2 * cpuLogins(scale) + SENDING.size() * wholeLogins(scale);
  }

  private static int wholeLogins(double scale) {
    return BLOCKS_OF_ROUNDS * MOST_AT_A_TIME * (int) Math.ceil(ROUNDS * scale);
  }

  private static int cpuLogins(double scale) {
    return (int) Math.ceil(CPU_LOGINS_FACTOR * 400 * scale / CPU_BLOCKS) * CPU_BLOCKS;
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
    out.println(
        "| gateway | logins a second, 32 at a time | TOTP | SMS against TOTP | connections opened |");
    out.println("|---|---|---|---|---|");
    for (Mode mode : SENDING) {
      whole(mode);
    }
    out.println();
    out.println("| gateway | page p50 | page p99 | TOTP p50 | TOTP p99 | p50 against TOTP |");
    out.println("|---|---|---|---|---|---|");
    // Hanging last: what waits there for its timeout must not wait into another measurement
    for (Mode mode : Mode.values()) {
      pages(mode);
    }
  }

  /** What they all together wait for is the gateway, if it takes long enough. */
  private void whole(Mode mode) throws Exception {
    gateway.restartAndRest(mode);
    Pair pair = new Pair(cheap, wholeLogins, BLOCKS_OF_ROUNDS, MOST_AT_A_TIME);
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | × %.2f | %d |%n",
        mode.label,
        pair.sms.perSecond(),
        pair.totp.perSecond(),
        pair.sms.perSecond() / pair.totp.perSecond(),
        gateway.connections());
  }

  private void throughput() throws Exception {
    out.println("| | TOTP | SMS, gateway at once | SMS against TOTP |");
    out.println("|---|---|---|---|");
    gateway.restartAndRest(Mode.AT_ONCE);
    Pair whole = new Pair(sides, logins, BLOCKS, LOGINS_AT_A_TIME);
    row("logins a second, 8 at a time", whole.totp.perSecond(), whole.sms.perSecond(), "× %.2f");
    gateway.restartAndRest(Mode.AT_ONCE);
    processor("8 at a time", LOGINS_AT_A_TIME);
    processor("one at a time", 1);
  }

  /** Passwords that are cheap to check: the hashing would be nearly all of it. */
  private void processor(String logins, int atATime) throws Exception {
    // Not between blocks: to ask the server for its threads makes the logins after it slower
    double compilers = server.compilerMillis();
    Pair bare = new Pair(cheap, cpuLogins, CPU_BLOCKS, atATime);
    compilers = server.compilerMillis() - compilers;
    List<Double> totp = bare.totp.cpuMillis;
    List<Double> sms = bare.sms.cpuMillis;
    List<Double> differences =
        IntStream.range(0, totp.size()).mapToObj(i -> sms.get(i) - totp.get(i)).toList();
    out.printf(
        Locale.ROOT,
        "| server's processor time for a login without hashing, %s | %.2f ms | %.2f ms |"
            + " %+.2f ms ± %.2f |%n",
        logins,
        Timings.mean(totp),
        Timings.mean(sms),
        Timings.mean(differences),
        Timings.standardError(differences));
    out.printf(
        Locale.ROOT,
        "| of that what compilers still took, mean of both | %.2f ms | | |%n",
        compilers / (2 * cpuLogins));
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

  /** One after the other from each side: what else goes on on the machine meets both. */
  private void pages(Mode mode) throws Exception {
    gateway.restartAndRest(mode);
    Timings ofTotp = new Timings();
    Timings ofSms = new Timings();
    Callable<?> totp = page(sides.totp, ofTotp);
    Callable<?> sms = page(sides.sms, ofSms);
    AtomicInteger turn = new AtomicInteger();
    Load.times(
        2 * pages, PAGES_AT_A_TIME, () -> (turn.getAndIncrement() % 2 == 0 ? totp : sms).call());
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

    Pair(Sides sides, int count, int blocks, int atATime) throws Exception {
      totp = new Run(totpLogin(sides), count / blocks, atATime);
      sms = new Run(smsLogin(sides), count / blocks, atATime);
      for (int block = 0; block < blocks; block++) {
        (block % 2 == 0 ? totp : sms).block();
        (block % 2 == 0 ? sms : totp).block();
      }
    }
  }

  /** What several blocks of logins took together. */
  private final class Run {

    private final Callable<?> login;
    private final int ofBlock;
    private final int atATime;

    /** For one login, in each block. */
    private final List<Double> cpuMillis = new ArrayList<>();

    private double seconds;

    Run(Callable<?> login, int ofBlock, int atATime) {
      this.login = login;
      this.ofBlock = ofBlock;
      this.atATime = atATime;
    }

    void block() throws Exception {
      double cpu = server.cpuMillis();
      long start = System.nanoTime();
      Load.times(ofBlock, atATime, login);
      seconds += (System.nanoTime() - start) / 1e9;
      cpuMillis.add((server.cpuMillis() - cpu) / ofBlock);
    }

    double perSecond() {
      return cpuMillis.size() * ofBlock / seconds;
    }
  }
}
