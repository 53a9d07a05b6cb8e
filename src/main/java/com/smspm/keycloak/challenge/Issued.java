package com.smspm.keycloak.challenge;

/** What became of a request for a code. The door only shows it. */
public enum Issued {
  /** A message is on its way. */
  SENT,
  /** Nothing was sent, because a challenge is there already; it may be live or expired. */
  PRESENT,
  /** Nothing was sent: it is too early, see {@link ChallengeStatus#secondsUntilResend()}. */
  MUST_WAIT,
  /** Nothing was sent, since too many codes of this user were wrong. */
  LOCKED,
  /** Nothing was sent, and the same request will not lead to a message: see the log and events. */
  REFUSED
}
