package com.smspm.keycloak.delivery;

/** What is known of a message on its way. A message never goes back to an earlier state. */
public enum DeliveryState {
  /** Waiting, or with the gateway and unanswered. */
  QUEUED,
  /** Nobody can say whether the gateway took it; a report may still tell. */
  UNKNOWN,
  /** The gateway took it. */
  ACCEPTED,
  /** Reported: it is in the telephone network. */
  SENT,
  /** Reported: it is on the phone. The end. */
  DELIVERED,
  /** It was not sent, or reported not to arrive. The end. */
  FAILED
}
