package com.smspm.keycloak.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.delivery.Dispatcher.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DispatcherTest {

  private static final int WORKS = 20;

  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void openTheGate() {
    gate.countDown();
    Thread.interrupted();
  }

  @Test
  void workIsDoneOnAThreadOfTheDispatchersOwn() throws InterruptedException {
    Recorded work = new Recorded();
    try (Dispatcher dispatcher = new Dispatcher(1, 1)) {
      dispatcher.submit(work);
      work.awaitEnd();
    }
    assertThat(work.thread).startsWith("smspm-delivery-");
    assertThat(work.turnedAway).hasValue(0);
  }

  @Test
  void aFullQueueTurnsWorkAwayAtOnce() throws InterruptedException {
    Recorded running = new Recorded();
    Recorded waiting = new Recorded();
    Recorded tooMany = new Recorded();
    try (Dispatcher dispatcher = new Dispatcher(1, 1)) {
      dispatcher.submit(running.heldBy(gate));
      running.started.await();
      dispatcher.submit(waiting);
      dispatcher.submit(tooMany);

      assertThat(tooMany.turnedAway).hasValue(1);
      assertThat(waiting.turnedAway).hasValue(0);
      gate.countDown();
      waiting.awaitEnd();
    }
    assertThat(waiting.done).hasValue(1);
    assertThat(tooMany.done).hasValue(0);
  }

  @Test
  void whatWaitedForTooLongIsTurnedAway() throws InterruptedException {
    Recorded running = new Recorded();
    Recorded waiting = new Recorded();
    try (Dispatcher dispatcher = new Dispatcher(1, 100_000, Duration.ofMillis(1))) {
      // The first one may have waited for too long, too
      while (running.started.getCount() > 0) {
        dispatcher.submit(running.heldBy(gate));
      }
      dispatcher.submit(waiting);
      long start = System.nanoTime();
      while (System.nanoTime() - start < Duration.ofMillis(5).toNanos()) {
        Thread.onSpinWait();
      }
      gate.countDown();
    }
    assertThat(waiting.turnedAway).hasValue(1);
    assertThat(waiting.done).hasValue(0);
  }

  @Test
  void noMoreRunAtATimeThanAllowed() throws Exception {
    int allowed = 3;
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(allowed * 4);
    // Each waits for two others: three do run together, or this would never end
    CyclicBarrier together = new CyclicBarrier(allowed);
    try (Dispatcher dispatcher = new Dispatcher(allowed, 100)) {
      for (int i = 0; i < allowed * 4; i++) {
        dispatcher.submit(
            new Recorded() {
              @Override
              public void run() {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                awaitAt(together);
                atOnce.decrementAndGet();
                all.countDown();
              }
            });
      }
      all.await();
    }
    assertThat(most).hasValue(allowed);
  }

  @Test
  void workThatComesOneAfterTheOtherDoesNotWakeAllThreadsInTurn() throws InterruptedException {
    int allowed = 32;
    Set<String> threads = new HashSet<>();
    try (Dispatcher dispatcher = new Dispatcher(allowed, 1)) {
      List<Recorded> together = new ArrayList<>();
      for (int i = 0; i < allowed; i++) {
        together.add(new Recorded().heldBy(gate));
        dispatcher.submit(together.get(i));
      }
      gate.countDown();
      for (Recorded one : together) {
        one.awaitEnd();
      }
      for (int i = 0; i < 10 * allowed; i++) {
        Recorded work = new Recorded();
        dispatcher.submit(work);
        work.awaitEnd();
        threads.add(work.thread);
      }
    }
    // One more for each time that a thread was not back yet; in turn it would be all of them
    assertThat(threads).hasSizeLessThan(allowed);
  }

  @Test
  void eachWorkIsDoneOrTurnedAwayOnceWhoeverSubmitsWhileItCloses() throws Exception {
    AtomicInteger done = new AtomicInteger();
    AtomicInteger turnedAway = new AtomicInteger();
    for (int round = 0; round < 300; round++) {
      int submitters = 3;
      List<Recorded> all = Collections.synchronizedList(new ArrayList<>());
      CyclicBarrier together = new CyclicBarrier(submitters + 1);
      Dispatcher dispatcher = new Dispatcher(1, 2);
      List<Thread> submitting = new ArrayList<>();
      for (int i = 0; i < submitters; i++) {
        Thread submitter = new Thread(() -> submitMany(dispatcher, together, all));
        submitter.start();
        submitting.add(submitter);
      }
      awaitAt(together);
      dispatcher.close();
      for (Thread submitter : submitting) {
        submitter.join();
      }

      assertThat(all).hasSize(submitters * WORKS);
      assertThat(all)
          .allSatisfy(it -> assertThat(it.done.get() + it.turnedAway.get()).isEqualTo(1));
      assertThat(dispatcher.waiting()).isZero();
      all.forEach(it -> done.addAndGet(it.done.get()));
      all.forEach(it -> turnedAway.addAndGet(it.turnedAway.get()));
    }
    assertThat(done).hasPositiveValue();
    assertThat(turnedAway).hasPositiveValue();
  }

  private static void submitMany(
      Dispatcher dispatcher, CyclicBarrier together, List<Recorded> all) {
    awaitAt(together);
    for (int i = 0; i < WORKS; i++) {
      Recorded work = new Recorded();
      all.add(work);
      dispatcher.submit(work);
    }
  }

  @Test
  void workThatFailsDoesNotTakeItsThreadWithIt() throws InterruptedException {
    Recorded next = new Recorded();
    try (Dispatcher dispatcher = new Dispatcher(1, 2)) {
      dispatcher.submit(
          new Recorded() {
            @Override
            public void run() {
              Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {});
              throw new IllegalStateException("a fault of the work");
            }
          });
      dispatcher.submit(next);
      next.awaitEnd();
    }
    assertThat(next.done).hasValue(1);
  }

  @Test
  void workThatFailsWhileItClosesDoesNotTakeTheRestWithIt() throws InterruptedException {
    Recorded failing =
        new Recorded() {
          @Override
          public void run() {
            Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {});
            super.run();
            throw new IllegalStateException("a fault of the work");
          }
        };
    Recorded waiting = new Recorded();
    Dispatcher dispatcher = new Dispatcher(1, 1);
    dispatcher.submit(failing.heldBy(gate));
    failing.started.await();
    dispatcher.submit(waiting);
    Thread closing = new Thread(dispatcher::close);
    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    gate.countDown();
    closing.join();

    assertThat(waiting.done).hasValue(1);
    assertThat(waiting.turnedAway).hasValue(0);
  }

  @Test
  void whatAWorkLeavesBehindDoesNotInterruptTheNext() throws InterruptedException {
    Recorded next = new Recorded().heldBy(gate);
    try (Dispatcher dispatcher = new Dispatcher(1, 1)) {
      Recorded interrupting =
          new Recorded() {
            @Override
            public void run() {
              super.run();
              Thread.currentThread().interrupt();
            }
          };
      CountDownLatch second = new CountDownLatch(1);
      dispatcher.submit(interrupting.heldBy(second));
      interrupting.started.await();
      dispatcher.submit(next);
      second.countDown();
      next.started.await();
      gate.countDown();
      next.awaitEnd();
    }
    assertThat(next.done).hasValue(1);
  }

  @Test
  void closingLetsRunningAndWaitingWorkFinish() throws InterruptedException {
    Recorded running = new Recorded();
    Recorded waiting = new Recorded();
    Dispatcher dispatcher = new Dispatcher(1, 100_000_000);
    dispatcher.submit(running.heldBy(gate));
    running.started.await();
    dispatcher.submit(waiting);
    Thread closing = new Thread(dispatcher::close);
    closing.start();
    // Only a dispatcher that is closing turns away what there would be room for
    Recorded late = new Recorded();
    while (late.turnedAway.get() == 0) {
      Thread.onSpinWait();
      dispatcher.submit(late);
    }
    gate.countDown();
    closing.join();

    assertThat(running.done).hasValue(1);
    assertThat(waiting.done).hasValue(1);
  }

  @Test
  void whatStillWaitsWhenTheTimeToCloseIsOverIsTurnedAway() throws InterruptedException {
    Recorded running = new Recorded();
    Recorded waiting = new Recorded();
    Dispatcher dispatcher = new Dispatcher(1, 1);
    dispatcher.submit(running.heldBy(gate));
    running.started.await();
    dispatcher.submit(waiting);

    Thread.currentThread().interrupt(); // the same end as after five seconds, at once
    dispatcher.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(waiting.turnedAway).hasValue(1);
    assertThat(waiting.done).hasValue(0);
    assertThat(running.turnedAway).hasValue(0);
  }

  @Test
  void whoIsInterruptedThenCanStillWriteDownWhatBecameOfTheMessage() throws InterruptedException {
    CountDownLatch othersAreTold = new CountDownLatch(1);
    AtomicInteger writtenDown = new AtomicInteger();
    Recorded running =
        new Recorded() {
          @Override
          public void run() {
            started.countDown();
            try {
              gate.await();
            } catch (InterruptedException stopping) {
              // After the rest of the work of closing: who does not wait for this has gone by then
              awaitUninterruptibly(othersAreTold);
              writtenDown.incrementAndGet();
            }
          }
        };
    Dispatcher dispatcher = new Dispatcher(1, 1);
    dispatcher.submit(running);
    running.started.await();
    dispatcher.submit(
        new Recorded() {
          @Override
          public void turnedAway() {
            othersAreTold.countDown();
          }
        });

    Thread.currentThread().interrupt(); // the same end as after five seconds, at once
    dispatcher.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(writtenDown).hasValue(1);
  }

  @Test
  void nobodyWaitsForLongForWorkThatDoesNotEndThen() throws InterruptedException {
    Recorded running =
        new Recorded() {
          @Override
          public void run() {
            started.countDown();
            awaitUninterruptibly(gate);
          }
        };
    Dispatcher dispatcher = new Dispatcher(1, 1);
    dispatcher.submit(running);
    running.started.await();
    dispatcher.submit(
        new Recorded() {
          @Override
          public void turnedAway() {
            // A cache that does not answer
            awaitUninterruptibly(gate);
          }
        });
    long start = System.nanoTime();

    Thread.currentThread().interrupt(); // the same end as after five seconds, at once
    dispatcher.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(4));
  }

  @Test
  void aClosedDispatcherTurnsWorkAway() {
    Dispatcher dispatcher = new Dispatcher(1, 1);
    dispatcher.close();
    Recorded work = new Recorded();
    dispatcher.submit(work);
    assertThat(work.turnedAway).hasValue(1);
    assertThat(work.done).hasValue(0);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitAt(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Work that remembers what became of it. */
  private static class Recorded implements Work {

    final AtomicInteger done = new AtomicInteger();
    final AtomicInteger turnedAway = new AtomicInteger();
    final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private CountDownLatch held = new CountDownLatch(0);
    private volatile String thread;

    Recorded heldBy(CountDownLatch latch) {
      held = latch;
      return this;
    }

    void awaitEnd() throws InterruptedException {
      ended.await();
    }

    @Override
    public void run() {
      thread = Thread.currentThread().getName();
      started.countDown();
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      done.incrementAndGet();
      ended.countDown();
    }

    @Override
    public void turnedAway() {
      turnedAway.incrementAndGet();
    }
  }
}
