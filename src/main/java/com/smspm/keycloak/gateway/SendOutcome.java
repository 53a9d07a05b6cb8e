package com.smspm.keycloak.gateway;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What a gateway made of one message. "Refused by the gateway" and "never reached it" are different
 * outcomes all the way up: after the first nothing was sent and nothing will be, after the second
 * the same message may go out another way, and after an unclear end it may already be on its way.
 */
public sealed interface SendOutcome {

  /**
   * The gateway took the message. {@code gatewayId} is its own reference, at most 100 characters.
   */
  record Accepted(String gatewayId, OptionalInt segments) implements SendOutcome {}

  /**
   * The gateway answered, and said no.
   *
   * @param retryAfter when it asks to be tried again with the same message; nothing where it does
   *     not ask for that
   */
  record Refused(FailureReason reason, Optional<Duration> retryAfter) implements SendOutcome {

    public Refused(FailureReason reason) {
      this(reason, Optional.empty());
    }
  }

  /** The request was certainly never processed: no connection, no trusted certificate. */
  record NotReached(FailureReason reason) implements SendOutcome {}

  /**
   * The request went out and no answer that we understand came back: the message may have been
   * sent.
   */
  record Unclear(FailureReason reason) implements SendOutcome {}

  /** Which of the four this is, in small letters: a meter's tag. */
  default String kind() {
    return fold(
        accepted -> "accepted",
        refused -> "refused",
        notReached -> "not_reached",
        unclear -> "unclear");
  }

  /** Handles every outcome; on Java 17 the compiler checks this where it cannot check a switch. */
  default <T> T fold(
      Function<Accepted, T> accepted,
      Function<Refused, T> refused,
      Function<NotReached, T> notReached,
      Function<Unclear, T> unclear) {
    if (this instanceof Accepted it) {
      return accepted.apply(it);
    } else if (this instanceof Refused it) {
      return refused.apply(it);
    } else if (this instanceof NotReached it) {
      return notReached.apply(it);
    }
    return unclear.apply((Unclear) this);
  }
}
