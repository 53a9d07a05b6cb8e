package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.FailureReason;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a message.
 *
 * @param state how far it came
 * @param complete nothing more will be learnt: it has ended, or nobody is going to report
 * @param notSent whether it surely was not sent, so that it cost nothing
 * @param reason why it failed; nothing in every other state
 * @param gatewayId what its gateway calls it, once that is known
 * @param segments that the gateway charges, where it says so
 */
public record MessageStatus(
    DeliveryState state,
    boolean complete,
    boolean notSent,
    Optional<FailureReason> reason,
    Optional<String> gatewayId,
    OptionalInt segments) {

  static MessageStatus of(DeliveryState state, boolean complete) {
    return new MessageStatus(
        state, complete, false, Optional.empty(), Optional.empty(), OptionalInt.empty());
  }

  static MessageStatus failed(FailureReason reason, boolean notSent) {
    return new MessageStatus(
        DeliveryState.FAILED,
        true,
        notSent,
        Optional.of(reason),
        Optional.empty(),
        OptionalInt.empty());
  }
}
