package com.smspm.keycloak.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneTimeCodeTest {

  private static final int SAMPLES = 20_000;

  /** Nine degrees of freedom: a uniform source stays below in 999 of 1000 cases. */
  private static final double CHI_SQUARE_BOUND = 27.88;

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8})
  void aCodeHasAsManyAsciiDigitsAsItsPolicySays(int length) {
    assertThat(OneTimeCode.generate(new SecureRandom(), length).digits())
        .matches("[0-9]{" + length + "}");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 5, 9, Integer.MAX_VALUE})
  void aCodeOfAnyOtherLengthIsNotMade(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OneTimeCode.generate(new SecureRandom(), length));
  }

  @Test
  void everyDigitIsEquallyLikelyAtEveryPosition() {
    SecureRandom random = new Seeded(42);
    int[][] seen = new int[6][10];
    for (int i = 0; i < SAMPLES; i++) {
      String digits = OneTimeCode.generate(random, 6).digits();
      for (int position = 0; position < 6; position++) {
        seen[position][digits.charAt(position) - '0']++;
      }
    }
    double expected = SAMPLES / 10.0;
    for (int[] counts : seen) {
      double chiSquare =
          IntStream.of(counts)
              .mapToDouble(count -> (count - expected) * (count - expected) / expected)
              .sum();
      assertThat(chiSquare).isPositive().isLessThan(CHI_SQUARE_BOUND);
    }
  }

  @Test
  void leadingZerosAreKept() {
    SecureRandom zeros =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public int nextInt(int bound) {
            return 0;
          }
        };
    assertThat(OneTimeCode.generate(zeros, 6).digits()).isEqualTo("000000");
  }

  @Test
  void codesDoNotRepeatThemselves() {
    SecureRandom random = new Seeded(7);
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      codes.add(OneTimeCode.generate(random, 8).digits());
    }
    assertThat(codes).hasSizeGreaterThan(995);
  }

  @Test
  void aCodeDoesNotShowItself() {
    assertThat(OneTimeCode.of("135790")).hasToString("OneTimeCode[6 digits]");
  }
}
