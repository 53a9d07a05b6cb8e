package com.smspm.keycloak.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Does many things at the same moment. */
final class AtOnce {

  private AtOnce() {}

  /**
   * Starts so many threads, lets them go together, and waits for all of them.
   *
   * @param task of each thread, by its number from 0
   */
  static <T> List<T> run(int threads, IntFunction<Callable<T>> task) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    try {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> own = task.apply(i);
        tasks.add(
            () -> {
              start.await();
              return own.call();
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : executor.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      executor.shutdownNow();
    }
  }
}
