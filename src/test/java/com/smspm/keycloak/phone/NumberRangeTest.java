package com.smspm.keycloak.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberRangeTest {

  @ParameterizedTest
  @CsvSource({"+37256789045, +3725678", "+6834000, +683", "+123456789012345, +12345678901"})
  void aRangeIsANumberWithoutItsLastFourDigits(String number, String prefix) {
    NumberRange range = NumberRange.of(new PhoneNumber(number));

    assertThat(range.prefix()).isEqualTo(prefix);
    assertThat(NumberRange.ofPrefix(prefix)).contains(range);
  }

  @Test
  void whatIsShownHidesTheLastFourDigits() {
    NumberRange range = NumberRange.of(new PhoneNumber("+37256789045"));

    assertThat(range.masked()).isEqualTo("+3725678••••");
    assertThat(range).hasToString("+3725678••••");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "+", "+37", "3725678", "+0725678", "+372567890123", "+37256 8", "+1a2"})
  void anythingElseIsNoRange(String text) {
    assertThat(NumberRange.ofPrefix(text)).isEmpty();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new NumberRange(text))
        .withMessage("not a range of numbers");
  }
}
