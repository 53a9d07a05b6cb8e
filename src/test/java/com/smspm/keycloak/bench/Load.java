package com.smspm.keycloak.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two kinds of traffic: so many at a time, each after the one before; and so many a second. */
final class Load {

  private static final ThreadFactory DAEMONS =
      task -> {
        Thread thread = new Thread(task, "bench");
        thread.setDaemon(true);
        return thread;
      };

  private Load() {}

  /** Does a task so often, so many at a time, and waits for the last; the first fault ends it. */
  static void times(int count, int atATime, Callable<?> task)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(atATime, DAEMONS);
    AtomicInteger left = new AtomicInteger(count);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < atATime; i++) {
        all.add(
            threads.submit(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    task.call();
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * Starts a task so often a second, whether those before have ended or not, until it is closed.
   */
  static Paced perSecond(int rate, Callable<?> task) {
    return new Paced(rate, task);
  }

  /** Traffic that goes on until it is closed. */
  static final class Paced implements AutoCloseable {

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, DAEMONS);
    private final ExecutorService threads = Executors.newCachedThreadPool(DAEMONS);
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    private Paced(int rate, Callable<?> task) {
      clock.scheduleAtFixedRate(
          () -> threads.execute(() -> run(task)),
          0,
          TimeUnit.SECONDS.toNanos(1) / rate,
          TimeUnit.NANOSECONDS);
    }

    private void run(Callable<?> task) {
      try {
        task.call();
        done.incrementAndGet();
      } catch (Exception e) {
        failed.incrementAndGet();
      }
    }

    int done() {
      return done.get();
    }

    int failed() {
      return failed.get();
    }

    @Override
    public void close() {
      clock.shutdownNow();
      threads.shutdown();
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
