package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * One circuit breaker for each account of a gateway. A gateway that fails is left alone for a
 * while: its users learn at once that no message comes, and the dispatcher's threads are free for
 * others. Each node finds out for itself.
 */
final class Circuits {

  private static final Logger LOG = Logger.getLogger(Circuits.class);

  /** In a row, with no good answer in between. */
  static final int FAILURES = 5;

  /** After which one message tries the gateway again. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  /** Far more than one server has accounts; what is forgotten starts closed. */
  private static final int KEPT = 1000;

  private final int failures;
  private final Duration pause;
  private final Map<Account, CircuitBreaker<SendOutcome>> circuits =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<Account, CircuitBreaker<SendOutcome>> eldest) {
          return size() > KEPT;
        }
      };

  Circuits() {
    this(FAILURES, PAUSE);
  }

  Circuits(int failures, Duration pause) {
    this.failures = failures;
    this.pause = pause;
  }

  /**
   * @param account as the channel names it
   */
  synchronized CircuitBreaker<SendOutcome> of(String gateway, String account) {
    return circuits.computeIfAbsent(new Account(gateway, account), this::circuit);
  }

  /** How many of a gateway's accounts are in a state, of those that sent since the server began. */
  synchronized int count(String gateway, CircuitBreaker.State state) {
    return (int)
        circuits.entrySet().stream()
            .filter(it -> it.getKey().gateway().equals(gateway))
            .filter(it -> it.getValue().getState() == state)
            .count();
  }

  private record Account(String gateway, String name) {

    /** For the log. */
    @Override
    public String toString() {
      return name.isEmpty() ? gateway : gateway + " (" + name + ")";
    }
  }

  private CircuitBreaker<SendOutcome> circuit(Account name) {
    return CircuitBreaker.<SendOutcome>builder()
        .handleIf((outcome, fault) -> fault != null || isFailure(outcome))
        .withFailureThreshold(failures)
        .withDelay(pause)
        .withSuccessThreshold(1)
        .onOpen(
            event ->
                LOG.warnf(
                    "Gateway %s: open, since it keeps failing; nothing is sent through it for %d s",
                    name, pause.toSeconds()))
        .onHalfOpen(event -> LOG.infof("Gateway %s: half open, one message tries it", name))
        .onClose(event -> LOG.infof("Gateway %s: closed, it works again", name))
        .build();
  }

  /**
   * Whether the gateway itself is in trouble. One that refuses a number, or an account that has no
   * credit, answers well; and who sets the account right need not wait.
   */
  private static boolean isFailure(SendOutcome outcome) {
    return outcome.fold(
        accepted -> false,
        refused -> refused.reason() == FailureReason.GATEWAY_ERROR,
        notReached -> notReached.reason() == FailureReason.UNREACHABLE,
        unclear -> true);
  }
}
