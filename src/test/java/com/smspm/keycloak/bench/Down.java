package com.smspm.keycloak.bench;

import com.smspm.keycloak.bench.Gateway.Mode;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A minute in which nobody answers at the gateway's address, while twenty users a second ask for
 * codes; before it, the same minute with a gateway that answers. Passwords are cheap to check, or
 * twenty a second would be more than two processor cores can do.
 */
final class Down {

  private static final int USERS_A_SECOND = 20;
  private static final int SECONDS = 60;
  private static final int WARM_UP_SECONDS = 15;

  /** Longer than the pause of the circuit breaker, 30 s. */
  private static final int LONGEST_RECOVERY_SECONDS = 45;

  /** More often than the page, so that little of what is measured is the asking itself. */
  private static final int ASKED_EVERY_MILLIS = 250;

  private static final int HONEST_WITHIN_MILLIS = 2_000;
  private static final int SECONDS_THAT_IT_GOES_ON = 5;

  private static final String WAITING = "queued";

  private final PrintStream out;
  private final BenchServer server;
  private final Gateway gateway;
  private final BenchRealm sms;
  private final double scale;

  /**
   * @param sms where checking a password takes next to nothing
   * @param scale 1 for the figures of docs/performance.md; no more than that
   */
  Down(PrintStream out, BenchServer server, Gateway gateway, BenchRealm sms, double scale) {
    this.out = out;
    this.server = server;
    this.gateway = gateway;
    this.sms = sms;
    this.scale = Math.min(1, scale);
  }

  /** How many users with a number all of this takes; each is used once. */
  static int users(double scale) {
    double seconds = WARM_UP_SECONDS + 2 * SECONDS * Math.min(1, scale);
    return (int)
        (2 * USERS_A_SECOND * (seconds + LONGEST_RECOVERY_SECONDS + SECONDS_THAT_IT_GOES_ON));
  }

  /** What the users of one minute have seen. */
  private static final class Seen {

    private final Queue<BenchRealm.User> users = new ConcurrentLinkedQueue<>();
    private final Timings pages = new Timings();
    private final Timings honest = new Timings();
    private final AtomicInteger late = new AtomicInteger();
  }

  void run() throws Exception {
    gateway.restartAndRest(Mode.AT_ONCE);
    minute(WARM_UP_SECONDS);
    double before = server.heapAfterCollection();
    Seen answered = minute(SECONDS * scale);
    double between = server.heapAfterCollection();
    long twice = withMessages(answered, 2);
    gateway.stop();
    Seen down = minute(SECONDS * scale);
    out.println();
    out.println(
        "| twenty users a second, gateway | users | page p50 | page max | told p50 | told max | told later than 2 s | heap after collection |");
    out.println("|---|---|---|---|---|---|---|---|");
    out.printf(Locale.ROOT, "| before | | | | | | | %.1f MiB |%n", mebibytes(before));
    row("answers", answered, between, before);
    row("is down", down, server.heapAfterCollection(), between);
    recovery(down, twice);
  }

  private Seen minute(double seconds) throws Exception {
    Seen seen = new Seen();
    Load.Paced users = Load.perSecond(USERS_A_SECOND, () -> ask(seen));
    try (users) {
      pause((long) (seconds * 1000));
    }
    if (users.failed() > 0) {
      throw new IllegalStateException(users.failed() + " users did not get their page");
    }
    return seen;
  }

  /** One user, until the page says what became of the message, or two seconds have passed. */
  private Object ask(Seen seen) throws Exception {
    BenchRealm.User user = sms.next();
    seen.users.add(user);
    BenchLogin login = BenchLogin.signIn(user);
    long shown = System.nanoTime();
    seen.pages.add(login.pageMillis());
    while (login.deliveryState().filter(WAITING::equals).isPresent()) {
      if (millisSince(shown) > HONEST_WITHIN_MILLIS) {
        seen.late.incrementAndGet();
        return null;
      }
      pause(ASKED_EVERY_MILLIS);
    }
    seen.honest.add(login.pageMillis() + millisSince(shown));
    return null;
  }

  /** From the first message that tries the gateway again to the next. */
  private void recovery(Seen down, long twiceBefore) throws Exception {
    gateway.restart(Mode.AT_ONCE);
    long start = System.nanoTime();
    AtomicLong probe = new AtomicLong();
    AtomicLong flows = new AtomicLong();
    Seen seen = new Seen();
    try (Load.Paced users = Load.perSecond(USERS_A_SECOND, () -> ask(seen))) {
      while (flows.get() == 0
          && users.failed() == 0
          && millisSince(start) < LONGEST_RECOVERY_SECONDS * 1000) {
        if (gateway.requests() >= 1) {
          probe.compareAndSet(0, System.nanoTime());
        }
        if (gateway.requests() >= 2) {
          flows.set(System.nanoTime());
        }
        pause(10);
      }
      pause(SECONDS_THAT_IT_GOES_ON * 1000L);
    }
    if (flows.get() == 0) {
      throw new IllegalStateException("codes do not flow again");
    }
    out.printf(
        Locale.ROOT,
        "| … answers again: probe after %.1f s, codes flow %.2f s later; of those who asked while it was down %d get a message after all, %d of all get one twice | %d | | | | | | |%n",
        (probe.get() - start) / 1e9,
        (flows.get() - probe.get()) / 1e9,
        withMessages(down, 1),
        twiceBefore + withMessages(down, 2) + withMessages(seen, 2),
        seen.users.size());
  }

  private long withMessages(Seen seen, int atLeast) {
    return seen.users.stream().filter(it -> gateway.messagesTo(it) >= atLeast).count();
  }

  private void row(String what, Seen seen, double heap, double before) {
    out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %d | %.1f MiB, × %.3f |%n",
        what,
        seen.pages.count(),
        seen.pages.median(),
        seen.pages.quantile(1),
        seen.honest.median(),
        seen.honest.quantile(1),
        seen.late.get(),
        mebibytes(heap),
        heap / before);
  }

  private static double mebibytes(double bytes) {
    return bytes / (1 << 20);
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void pause(long millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }
}
