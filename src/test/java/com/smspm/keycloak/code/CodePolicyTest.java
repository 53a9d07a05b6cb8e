package com.smspm.keycloak.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodePolicyTest {

  @Test
  void theDefaultIsSixDigitsForFiveMinutesWithFiveAttempts() {
    assertThat(CodePolicy.DEFAULT).isEqualTo(policy(6, 300, 5, 30));
  }

  @ParameterizedTest
  @CsvSource({"6,60,3,15", "8,600,5,300", "7,61,4,16"})
  void whatLiesWithinTheBoundsIsPossible(int length, int validity, int attempts, int wait) {
    assertThat(policy(length, validity, attempts, wait).length()).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({
    "5,300,5,30,length",
    "9,300,5,30,length",
    "6,59,5,30,validity",
    "6,601,5,30,validity",
    "6,300,2,30,maxAttempts",
    "6,300,6,30,maxAttempts",
    "6,300,5,14,resendWait",
    "6,300,5,301,resendWait"
  })
  void whatLiesBeyondABoundIsRefusedByName(
      int length, int validity, int attempts, int wait, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy(length, validity, attempts, wait))
        .withMessageContaining(name);
  }

  private static CodePolicy policy(int length, int validity, int attempts, int wait) {
    return new CodePolicy(length, Duration.ofSeconds(validity), attempts, Duration.ofSeconds(wait));
  }
}
