package com.smspm.keycloak.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.message.SmsText.Candidate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedTextTest {

  private static final String CODE = "908172";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{0} is your code for {1}. It is valid for {2} minutes.",
        "{0}",
        "{0} {0}, {0}",
        "{2,choice,1#1 minute|1<{2} minutes}: {0}",
        "000000 or 111111? {0}",
        "验证码 {0}，{2} 分钟内有效",
        "'{'{0}'}'",
        "a{0}",
        "no code",
      })
  void itIsTheTextThatIsComposed(String pattern) {
    assertThat(prepared(pattern).map(it -> it.with(CODE))).contains(composed(pattern, CODE));
  }

  @Test
  void aNameOfDigitsIsNoPlaceForTheCode() {
    assertThat(prepared("{0} for {1}").map(it -> it.with(CODE).text()))
        .contains("908172 for 000000 111111\n@id.example.org #908172");
  }

  @Test
  void nothingIsPreparedWhereTheTextDependsOnTheCode() {
    assertThat(PreparedText.of(6, code -> composed(code.startsWith("1") ? "{0}" : "{0}!", code)))
        .isEmpty();
  }

  private static Optional<PreparedText> prepared(String pattern) {
    return PreparedText.of(CODE.length(), code -> composed(pattern, code));
  }

  private static SmsText composed(String pattern, String code) {
    return SmsText.compose(
        List.of(Candidate.standard(pattern)),
        Locale.ENGLISH,
        code,
        "000000 111111",
        5,
        Optional.of("id.example.org"));
  }
}
