package com.smspm.keycloak.delivery;

/** What is known of a message on its way. */
public enum DeliveryState {
  /** Waiting, or with the gateway and unanswered. */
  SENDING,
  /** The gateway took it. */
  ACCEPTED,
  /** It was not sent, or nobody can say that it was. */
  FAILED
}
