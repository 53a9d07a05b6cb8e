package com.smspm.keycloak.gateway.smspm;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Response;

/** The header {@code Retry-After} in both of its forms (RFC 9110 §10.2.3). */
final class RetryAfter {

  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /** Never negative; nothing where there is no such header, or none that can be read. */
  static Optional<Duration> of(Response response, Clock clock) {
    String value = response.header("Retry-After");
    return value == null ? Optional.empty() : read(value.strip(), clock);
  }

  static Optional<Duration> read(String value, Clock clock) {
    if (value.matches("[0-9]{1," + MOST_DIGITS + "}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      ZonedDateTime time = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(clock.instant(), time.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
