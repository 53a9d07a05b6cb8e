package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Claiming all budgets of a message at a login, over a store in this process: what is ours of it.
 * What the real cache takes is measured in whole logins; how often it is asked is counted here.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SendBudgetsBenchmark {

  private static final SendBudgets.Request LOGIN = loginOf("8f9f3d0e-6a3c-4d0c");

  private Stores stores;
  private int users;

  /** Tries are not given back, so each iteration begins with an empty store. */
  @Setup(Level.Iteration)
  public void empty() {
    stores = new Stores();
  }

  /**
   * Each in a request of its own. And gives them back, or the sixth would be refused; tries are
   * each another user's.
   */
  @Benchmark
  public SendBudgets.Answer claimAndRelease() {
    SendBudgets budgets = new SendBudgets(stores.session(), stores.realm(), SendLimits.DEFAULT);
    SendBudgets.Answer answer = budgets.claim(loginOf("user " + users++));
    answer.claims().orElseThrow().release(stores.slots());
    return answer;
  }

  /** Operations of the store for the first message to a number within an hour, the second… */
  public static List<Integer> operationsOfEachMessage() {
    Stores stores = new Stores();
    SendBudgets budgets = new SendBudgets(stores.session(), stores.realm(), SendLimits.DEFAULT);
    List<Integer> operations = new ArrayList<>();
    for (int message = 1; message <= SendLimits.DEFAULT.numberHour(); message++) {
      stores.operations();
      if (budgets.claim(LOGIN).claims().isEmpty()) {
        throw new IllegalStateException("message " + message + " was refused");
      }
      operations.add(stores.operations());
      budgets.endWait(LOGIN.number(), true);
    }
    return operations;
  }

  private static SendBudgets.Request loginOf(String user) {
    return new SendBudgets.Request("+37256789045", user, true, "192.0.2.1", Duration.ofSeconds(30));
  }
}
