package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway.Channel;
import com.smspm.keycloak.gateway.SmsMessage;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * One gateway's account, with all that stands before it.
 *
 * @param gateway the provider's id
 * @param reports whether the gateway is told where to report
 */
record Route(
    String gateway,
    Channel channel,
    CircuitBreaker<SendOutcome> circuit,
    Retries retries,
    boolean reports) {

  private static final Logger LOG = Logger.getLogger(Route.class);

  /** What became of a message on this route, and on each attempt before. */
  static final class Attempts {

    private SendOutcome last = new SendOutcome.NotReached(FailureReason.UNREACHABLE);
    private boolean unclear;

    SendOutcome add(SendOutcome outcome) {
      last = outcome;
      unclear |= outcome instanceof SendOutcome.Unclear;
      return outcome;
    }

    /** Whether some attempt may have sent it. */
    boolean mayHaveSent() {
      return unclear;
    }
  }

  /** Sends, and tries again where that is safe. Never throws. */
  SendOutcome send(SmsMessage message, Deadline deadline, Attempts attempts) {
    try {
      return Failsafe.with(retries.within(deadline), circuit)
          .get(() -> attempts.add(attempt(message)));
    } catch (CircuitBreakerOpenException open) {
      return new SendOutcome.NotReached(FailureReason.GATEWAY_DOWN);
    } catch (FailsafeException interrupted) {
      // In the pause before another attempt, because the server stops
      Thread.currentThread().interrupt();
      return attempts.last;
    }
  }

  private SendOutcome attempt(SmsMessage message) {
    try {
      return channel.send(message);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // Not its message, which may hold anything
      LOG.errorf(
          "%s: the code of gateway %s failed with %s at %s",
          message,
          gateway,
          e.getClass().getName(),
          // What is thrown often has no trace at last
          Stream.of(e.getStackTrace())
              .findFirst()
              .map(Object::toString)
              .orElse("an unknown place"));
      return new SendOutcome.Unclear(FailureReason.GATEWAY_ERROR);
    }
  }
}
