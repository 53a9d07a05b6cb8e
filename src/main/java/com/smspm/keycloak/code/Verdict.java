package com.smspm.keycloak.code;

/**
 * What became of one try to answer a challenge.
 *
 * @param kind the outcome
 * @param attemptsLeft how often may be tried again; 0 unless {@link Kind#WRONG}
 */
public record Verdict(Kind kind, int attemptsLeft) {

  /** Handle it by an exhaustive {@code switch}. */
  public enum Kind {
    /** The right code, for the first time. The challenge is gone. */
    ACCEPTED,
    /** A wrong code; another may be tried. */
    WRONG,
    /** Nothing was typed; this was no attempt. */
    EMPTY,
    /** What was typed cannot be a code; this was no attempt. */
    MALFORMED,
    /** The code's time is over. */
    EXPIRED,
    /** All attempts are used: not even the right code helps. */
    EXHAUSTED,
    /** There is no challenge, or another request has just answered it. */
    NONE
  }

  /** An outcome without attempts left to speak of. */
  public static Verdict of(Kind kind) {
    return new Verdict(kind, 0);
  }

  public static Verdict wrong(int attemptsLeft) {
    return attemptsLeft > 0 ? new Verdict(Kind.WRONG, attemptsLeft) : of(Kind.EXHAUSTED);
  }
}
