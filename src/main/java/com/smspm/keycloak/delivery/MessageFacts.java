package com.smspm.keycloak.delivery;

import com.smspm.keycloak.limits.Slots;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What is known of a message: write-once facts in the cluster's shared cache, so that no node can
 * move a message backwards.
 */
final class MessageFacts {

  /**
   * As long as anybody looks at the page of a code, which lives for ten minutes at most, and then
   * some.
   */
  private static final Duration KEPT = Duration.ofMinutes(30);

  private static final String ACCEPTED = "accepted";
  private static final String FAILED = "failed";

  private final Slots slots;

  MessageFacts(KeycloakSession session, RealmModel realm) {
    slots = new Slots(session, realm);
  }

  void accepted(String messageId) {
    slots.claim(ACCEPTED, messageId, 1, KEPT);
  }

  void failed(String messageId) {
    slots.claim(FAILED, messageId, 1, KEPT);
  }

  DeliveryState stateOf(String messageId) {
    if (slots.isTaken(ACCEPTED, messageId, 1)) {
      return DeliveryState.ACCEPTED;
    }
    return slots.isTaken(FAILED, messageId, 1) ? DeliveryState.FAILED : DeliveryState.SENDING;
  }
}
