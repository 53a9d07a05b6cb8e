package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.FailureReason;
import java.util.Optional;

/** What a gateway can report of a message that it took. */
public enum ReportedState {
  /** It has the message, and has not passed it on. */
  PENDING(null),
  /** It has passed the message on. */
  SENT(null),
  DELIVERED(null),
  UNDELIVERED(FailureReason.UNDELIVERED),
  REJECTED(FailureReason.REJECTED),
  EXPIRED(FailureReason.EXPIRED);

  private final FailureReason reason;

  ReportedState(FailureReason reason) {
    this.reason = reason;
  }

  /** Why the message did not arrive; nothing where it did, or still may. */
  Optional<FailureReason> reason() {
    return Optional.ofNullable(reason);
  }
}
