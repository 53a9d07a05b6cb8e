package com.smspm.keycloak.bench;

import com.smspm.keycloak.simulator.Behaviour;
import com.smspm.keycloak.simulator.Message;
import com.smspm.keycloak.simulator.SmspmSimulator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The simulator, put in place anew for every measurement, so that none waits for one before. */
final class Gateway implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** OkHttp looks whether a kept connection is still open when it was idle for ten seconds. */
  private static final Duration CLIENT_LOOKS_AFTER = Duration.ofSeconds(11);

  /** What becomes of messages. */
  enum Mode {
    AT_ONCE("0 ms", new Behaviour(Behaviour.Answer.DOCUMENTS, 0)),
    IN_200_MS("200 ms", new Behaviour(Behaviour.Answer.DOCUMENTS, 200)),
    IN_3_S("3 s", new Behaviour(Behaviour.Answer.DOCUMENTS, 3_000)),
    REFUSING("refusing", new Behaviour(Behaviour.Answer.LOW_BALANCE, 0)),
    HANGING("hanging", new Behaviour(Behaviour.Answer.DOCUMENTS, 3_600_000));

    final String label;
    private final Behaviour behaviour;

    Mode(String label, Behaviour behaviour) {
      this.label = label;
      this.behaviour = behaviour;
    }
  }

  private SmspmSimulator simulator = SmspmSimulator.start(0);
  private final int port = simulator.port();

  String endpoint() {
    return simulator.endpoint();
  }

  /** Nobody listens at its address any more, until it is restarted. */
  void stop() {
    simulator.close();
  }

  /** Ends what is going on, connections too, and goes on as told. */
  void restart(Mode mode) {
    simulator.close();
    simulator = SmspmSimulator.start(port);
    simulator.behave(mode.behaviour);
  }

  /**
   * As {@link #restart}, and the server's client has had its time to see that connections ended.
   */
  void restartAndRest(Mode mode) throws InterruptedException {
    restart(mode);
    new CountDownLatch(1).await(CLIENT_LOOKS_AFTER.toMillis(), TimeUnit.MILLISECONDS);
  }

  int connections() {
    return simulator.connections();
  }

  int requests() {
    return simulator.requests();
  }

  /** How many have come to a user since it was put in place. */
  int messagesTo(BenchRealm.User user) {
    return simulator.messagesTo(user.number()).size();
  }

  /**
   * @throws IllegalStateException when none came within a minute
   */
  String codeFor(BenchRealm.User user) {
    List<Message> messages = simulator.awaitMessagesTo(user.number(), 1, PATIENCE);
    if (messages.isEmpty()) {
      throw new IllegalStateException("no message came for " + user.name());
    }
    return messages.get(0).code();
  }

  @Override
  public void close() {
    simulator.close();
  }
}
