package com.smspm.keycloak.limits;

/** What the guard against pumping does. */
public enum GuardMode {
  /** It counts nothing and refuses nothing. */
  OFF,
  /** It counts, closes and reports as when it is on, but refuses nothing. */
  MONITOR,
  /** Closed ranges receive no codes at doors where the number is not yet proven. */
  ON
}
