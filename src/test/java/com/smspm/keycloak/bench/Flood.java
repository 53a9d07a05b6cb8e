package com.smspm.keycloak.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Requests at an even pace over a few connections that are kept. */
final class Flood {

  private static final int CONNECTIONS = 8;

  private final int perSecond;
  private final int count;
  private final Supplier<String> target;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final List<Future<?>> all = new ArrayList<>();
  private final long start = System.nanoTime();
  private volatile long end;

  /**
   * @param target of one request: path and query
   */
  private Flood(int perSecond, int count, Supplier<String> target) {
    this.perSecond = perSecond;
    this.count = count;
    this.target = target;
  }

  static Flood start(int perSecond, int count, Supplier<String> target) {
    Flood flood = new Flood(perSecond, count, target);
    for (int i = 0; i < CONNECTIONS; i++) {
      flood.all.add(flood.threads.submit(flood::connection));
    }
    flood.threads.shutdown();
    return flood;
  }

  /** Waits for the last answer. */
  void await() throws InterruptedException, ExecutionException {
    for (Future<?> one : all) {
      one.get();
    }
  }

  /** From the first request to the last answer. */
  double seconds() {
    return (end - start) / 1e9;
  }

  /** How many answers had which status. */
  Map<Integer, AtomicInteger> statuses() {
    return new TreeMap<>(statuses);
  }

  private Void connection() throws IOException {
    try (Connection connection = new Connection()) {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        long due = start + TimeUnit.SECONDS.toNanos(i) / perSecond;
        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
          LockSupport.parkNanos(early);
        }
        int status = connection.get(target.get(), "").status();
        statuses.computeIfAbsent(status, it -> new AtomicInteger()).incrementAndGet();
      }
    }
    end = System.nanoTime();
    return null;
  }
}
