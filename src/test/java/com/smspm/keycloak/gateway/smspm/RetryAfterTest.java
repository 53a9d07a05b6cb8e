package com.smspm.keycloak.gateway.smspm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private final Clock clock = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void secondsAndDatesAreUnderstood() {
    assertThat(RetryAfter.read("0", clock)).contains(Duration.ZERO);
    assertThat(RetryAfter.read("120", clock)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.read("Wed, 25 Nov 2026 12:00:03 GMT", clock))
        .contains(Duration.ofSeconds(3));
    assertThat(RetryAfter.read("Wed, 25 Nov 2026 11:00:00 GMT", clock)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999999999999", "٣", "25 Nov 2026"})
  void anythingElseIsNoHeader(String value) {
    assertThat(RetryAfter.read(value, clock)).isEmpty();
  }
}
