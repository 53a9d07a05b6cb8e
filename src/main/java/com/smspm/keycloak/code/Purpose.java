package com.smspm.keycloak.code;

/** What a message is for. A code for one purpose is worthless for every other. */
public enum Purpose {
  /** A second factor: the user has been identified by another one. */
  LOGIN(true),
  /** A first factor: the number typed is all that is known. */
  PHONE_LOGIN(false),
  /** Proof before a forgotten password is replaced. */
  RESET(false),
  /** Proof that a number can be read by the user who is setting it up. */
  ENROLMENT(false),
  /** No code at all: it tells somebody of a change. Nothing is ever asked for it. */
  NOTICE(true);

  private final boolean numberProven;

  Purpose(boolean numberProven) {
    this.numberProven = numberProven;
  }

  /**
   * Whether the number is already known to be this user's when the code is sent. Where it is not, a
   * stranger may be typing it, so only a smaller share of its budgets can be used.
   */
  public boolean numberProven() {
    return numberProven;
  }
}
