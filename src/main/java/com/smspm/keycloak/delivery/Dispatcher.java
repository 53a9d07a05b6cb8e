package com.smspm.keycloak.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The threads that talk to gateways: so many and no more, with a queue that is bounded in length
 * and in time. A slow gateway fills these and never the server's own threads.
 */
final class Dispatcher implements AutoCloseable {

  /**
   * Who waited longer than this sees an honest page; a code that comes later than that confuses.
   */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private static final Duration LAST_CALLS = Duration.ofSeconds(5);

  /** For writing down what became of those that did not end: some steps in the cache for each. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private static final Duration IDLE_THREAD = Duration.ofSeconds(30);

  /** What it hands over goes to the thread that did something last, which is still warm. */
  private final ExecutorService threads;

  private final Semaphore free;
  private final BlockingQueue<Waiting> queue;
  private final Duration longestWait;
  private volatile boolean stopping;

  Dispatcher(int maxConcurrent, int queueSize) {
    this(maxConcurrent, queueSize, LONGEST_WAIT);
  }

  Dispatcher(int maxConcurrent, int queueSize, Duration longestWait) {
    this.longestWait = longestWait;
    free = new Semaphore(maxConcurrent);
    queue = new LinkedBlockingQueue<>(queueSize);
    AtomicInteger count = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            0,
            // Bounded by what is free
            Integer.MAX_VALUE,
            IDLE_THREAD.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            task -> thread(task, Integer.toString(count.incrementAndGet())));
  }

  /** Work that is done, or else turned away: exactly one of the two is called, once. */
  interface Work {

    void run();

    void turnedAway();
  }

  /**
   * Never waits. Work is turned away when the queue is full, or when it stood in it for too long.
   */
  void submit(Work work) {
    Waiting waiting = new Waiting(work, deadline());
    if (free.tryAcquire()) {
      start(waiting);
    } else if (!queue.offer(waiting)) {
      work.turnedAway();
    } else if (threads.isShutdown() && queue.remove(waiting)) {
      work.turnedAway();
    }
    // Whoever was busy may have looked into the queue just before, or may not have got a thread
    startWaiting();
  }

  private void startWaiting() {
    while (!queue.isEmpty() && free.tryAcquire()) {
      Waiting next = queue.poll();
      if (next == null) {
        free.release();
      } else {
        start(next);
      }
    }
  }

  /** What was acquired is released when nothing waits any more. */
  private void start(Waiting first) {
    try {
      threads.execute(() -> runWith(first));
    } catch (RejectedExecutionException | OutOfMemoryError noThread) {
      free.release();
      first.work().turnedAway();
    }
  }

  private void runWith(Waiting first) {
    for (Waiting next = first; next != null; next = stopping ? null : queue.poll()) {
      run(next);
    }
    free.release();
    startWaiting();
  }

  /** A fault of one is not the next one's. */
  private void run(Waiting waiting) {
    try {
      waiting.run();
    } catch (RuntimeException | Error fault) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    }
    if (!threads.isShutdown()) {
      // Nobody but the server's end interrupts on purpose
      Thread.interrupted();
    }
  }

  /** How many wait for a thread. */
  int waiting() {
    return queue.size();
  }

  private BooleanSupplier deadline() {
    long start = System.nanoTime();
    return () -> System.nanoTime() - start < longestWait.toNanos();
  }

  private record Waiting(Work work, BooleanSupplier inTime) {

    void run() {
      if (inTime.getAsBoolean()) {
        work.run();
      } else {
        work.turnedAway();
      }
    }
  }

  /**
   * Lets work finish, for five seconds at most. What still runs then is interrupted, what still
   * waits is turned away, and there is one more second in which both can write down what became of
   * their messages. So this takes six seconds at most, whatever gateways and caches do; a thread
   * that has not ended by then is left to the end of the process.
   */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LAST_CALLS.toMillis(), TimeUnit.MILLISECONDS)) {
        stop();
      }
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Turns away on a thread of its own: a cache that does not answer must not hold the server's end.
   */
  private void stop() {
    long start = System.nanoTime();
    stopping = true;
    List<Waiting> waiting = new ArrayList<>();
    queue.drainTo(waiting);
    threads.shutdownNow();
    Thread last = thread(() -> waiting.forEach(it -> it.work().turnedAway()), "last");
    last.start();
    try {
      last.join(LAST_WORDS.toMillis());
      threads.awaitTermination(
          LAST_WORDS.toNanos() - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
    } catch (InterruptedException nobodyWantsToWait) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, "smspm-delivery-" + name);
    thread.setDaemon(true);
    return thread;
  }
}
