package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * When the same message is offered to the same gateway again: only where it certainly was not sent,
 * and where waiting can help. An unclear end may be a message on its way, and a second one would
 * make its reader doubt both.
 *
 * @param afterUnclear an admin prefers two messages to none
 */
record Retries(boolean afterUnclear) {

  private static final int MOST = 2;

  /** The first pause where the gateway names none; each further one is twice as long. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  /** Who is to wait longer than this for a code is better told that none comes. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  RetryPolicy<SendOutcome> within(Deadline deadline) {
    return RetryPolicy.<SendOutcome>builder()
        .handleIf(
            (outcome, fault) ->
                outcome != null && pauseAfter(outcome, 0).filter(deadline::allows).isPresent())
        .withMaxRetries(MOST)
        .withDelayFn(
            attempt ->
                pauseAfter(attempt.getLastResult(), attempt.getAttemptCount() - 1)
                    .orElse(LONGEST_PAUSE))
        .build();
  }

  /** Nothing where the outcome is final. */
  private Optional<Duration> pauseAfter(SendOutcome outcome, int retriesBefore) {
    Duration own = FIRST_PAUSE.multipliedBy(1L << retriesBefore);
    return outcome.fold(
        accepted -> Optional.empty(),
        refused ->
            refused
                .retryAfter()
                .filter(asked -> asked.compareTo(LONGEST_PAUSE) <= 0)
                .map(asked -> asked.compareTo(own) > 0 ? asked : own),
        notReached ->
            notReached.reason() == FailureReason.UNREACHABLE ? Optional.of(own) : Optional.empty(),
        unclear -> afterUnclear ? Optional.of(own) : Optional.empty());
  }
}
