package com.smspm.keycloak.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitMessageTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 30, 120})
  void aShortWaitIsSaidInSeconds(long seconds) {
    assertThat(WaitMessage.of(seconds)).isEqualTo(new WaitMessage("smspmMustWait", seconds));
  }

  @ParameterizedTest
  @CsvSource({"121,2:01", "300,5:00", "3560,59:20", "3600,1:00:00", "86399,23:59:59"})
  void aLongOneAsAClockDoes(long seconds, String clock) {
    assertThat(WaitMessage.of(seconds)).isEqualTo(new WaitMessage("smspmResendIn", clock));
  }
}
