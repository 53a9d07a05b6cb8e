package com.smspm.keycloak.phone;

import java.util.function.Function;

/** What a {@link NumberPolicy} says about a number. */
public sealed interface NumberCheck {

  /** A code may be sent to this number. */
  record Accepted(PhoneNumber number) implements NumberCheck {}

  /** No code may be sent. */
  record Refused(NumberRefusal reason) implements NumberCheck {}

  static NumberCheck accepted(PhoneNumber number) {
    return new Accepted(number);
  }

  static NumberCheck refused(NumberRefusal reason) {
    return new Refused(reason);
  }

  /** Handles both ends; on Java 17 the compiler checks this where it cannot check a switch. */
  default <T> T fold(Function<PhoneNumber, T> accepted, Function<NumberRefusal, T> refused) {
    if (this instanceof Accepted it) {
      return accepted.apply(it.number());
    }
    return refused.apply(((Refused) this).reason());
  }
}
