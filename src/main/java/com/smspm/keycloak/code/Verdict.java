package com.smspm.keycloak.code;

/**
 * What became of one try to answer a challenge.
 *
 * @param kind the outcome
 * @param attemptsLeft how often may be tried again; 0 unless {@link Kind#WRONG}
 * @param guessed whether a code was compared and was wrong: only that is a failure
 */
public record Verdict(Kind kind, int attemptsLeft, boolean guessed) {

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
    /** The right code, but the number belongs to another account already. */
    TAKEN,
    /** Too many codes of this user were wrong, in this login or others: nothing was compared. */
    LOCKED,
    /** There is no challenge, or another request has just answered it. */
    NONE
  }

  /** An outcome without attempts left to speak of. */
  public static Verdict of(Kind kind) {
    return new Verdict(kind, 0, false);
  }

  /** A wrong code; it was the last one when none is left. */
  public static Verdict wrong(int attemptsLeft) {
    return new Verdict(attemptsLeft > 0 ? Kind.WRONG : Kind.EXHAUSTED, attemptsLeft, true);
  }
}
