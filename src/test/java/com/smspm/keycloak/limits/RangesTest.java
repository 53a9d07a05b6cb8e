package com.smspm.keycloak.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RangesTest {

  @Test
  void eachClosingIsTwiceAsLongUpToADay() {
    assertThat(IntStream.rangeClosed(1, 6).mapToObj(Ranges::lengthOf))
        .extracting(Duration::toHours)
        .containsExactly(1L, 2L, 4L, 8L, 16L, 24L);
  }
}
