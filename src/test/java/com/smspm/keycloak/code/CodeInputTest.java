package com.smspm.keycloak.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeInputTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "012345",
        " 012 345\n",
        "012-345",
        "0-1-2-3-4-5",
        "012\u00a0345",
        "012\u2009345",
        "012\u2011345",
        "012\u2013345",
        "012\u2212345",
        "\u2066012345\u2069",
        "\u200e012345",
        "\uff10\uff11\uff12\uff13\uff14\uff15", // full-width
        "\u0660\u0661\u0662\u0663\u0664\u0665", // Arabic-Indic
        "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5", // Persian
        "\u0966\u0967\u0968\u0969\u096a\u096b", // Devanagari
        "\ud835\udfce\ud835\udfcf\ud835\udfd0\ud835\udfd1\ud835\udfd2\ud835\udfd3" // beyond 16 bits
      })
  void theSameCodeIsReadInEverySpelling(String typed) {
    CodeInput input = CodeInput.of(typed);
    assertThat(input.isEmpty()).isFalse();
    assertThat(input.code(6)).map(OneTimeCode::digits).contains("012345");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
  void nothingTypedIsEmptyAndNoCode(String typed) {
    CodeInput input = CodeInput.of(typed);
    assertThat(input.isEmpty()).isTrue();
    assertThat(input.code(6)).isEmpty();
    assertThat(input).hasToString("CodeInput[empty]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01234",
        "0123456",
        "O12345",
        "012345a",
        "+012345",
        "0123.45",
        "---",
        "\u216b12345", // a Roman numeral is a number, but no digit
        "01234\u00b2",
        "01234\ud835",
        "012345\u0000"
      })
  void whatIsNoCodeOfThisLengthIsNone(String typed) {
    CodeInput input = CodeInput.of(typed);
    assertThat(input.isEmpty()).isFalse();
    assertThat(input.code(6)).isEmpty();
  }

  @Test
  void theLengthAskedForDecides() {
    CodeInput input = CodeInput.of("0123 4567");
    assertThat(input.code(8)).map(OneTimeCode::digits).contains("01234567");
    assertThat(input.code(6)).isEmpty();
  }

  @Test
  void hugeInputIsNoCodeEvenWhenItEndsInOne() {
    assertThat(CodeInput.of(" ".repeat(1_000_000) + "012345").code(6)).isEmpty();
    assertThat(CodeInput.of("0".repeat(1_000_000)).code(6)).isEmpty();
    assertThat(CodeInput.of(" ".repeat(58) + "012345").code(6)).isPresent();
    assertThat(CodeInput.of(" ".repeat(59) + "012345").code(6)).isEmpty();
  }

  @Test
  void whatWasTypedIsNotShown() {
    assertThat(CodeInput.of("135790")).hasToString("CodeInput[digits]");
    assertThat(CodeInput.of("hunter2")).hasToString("CodeInput[malformed]");
  }
}
