package com.smspm.keycloak.gateway;

/**
 * Why a message did not go out, or did not arrive. A closed set: it becomes an event detail and a
 * meter's tag.
 */
public enum FailureReason {
  /** The recipient's number, network or country. */
  NUMBER_REFUSED,
  /** The account's balance is used up. */
  NO_CREDIT,
  /** Hash or token are missing or wrong. */
  BAD_ACCOUNT,
  /** The sender's name is not approved, or not usable for this destination. */
  SENDER_REFUSED,
  /** Too many requests. */
  RATE_LIMITED,
  /** The gateway says that it is at fault itself, or names an error that nobody knows. */
  GATEWAY_ERROR,
  /** No connection, no answer in time, or no certificate that we trust. */
  UNREACHABLE,
  /** An answer in no form that we know. */
  NOT_UNDERSTOOD,
  /** No gateway has an account for this realm. */
  NOT_CONFIGURED,
  /** Too many messages were waiting, or this one for too long. */
  OVERLOADED,
  /**
   * The last messages through the last gateway of the list failed, and it is left alone for now;
   * those before it are, too, or have refused, or were not reached.
   */
  GATEWAY_DOWN,
  /** Its code would have expired before it was sent. */
  TOO_LATE,
  /** Reported: it did not reach the phone. */
  UNDELIVERED,
  /** Reported: the network or the recipient's side refused it. */
  REJECTED,
  /** Reported: the network gave up before the phone could be reached. */
  EXPIRED
}
