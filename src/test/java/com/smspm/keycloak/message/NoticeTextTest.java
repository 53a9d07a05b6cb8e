package com.smspm.keycloak.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTextTest {

  private static final String STANDARD = "Your mobile number for {0} was removed.";

  @Test
  void theNameIsFilledInAndCutToTwentyCharacters() {
    assertThat(compose(Optional.empty(), "A".repeat(30)))
        .contains("Your mobile number for " + "A".repeat(20) + " was removed.");
  }

  @Test
  void aTextOfTheRealmsOwnWins() {
    assertThat(compose(Optional.of("{0}: gone"), "Acme")).contains("Acme: gone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{1} is gone", "{0", "{0}\n@evil.example #123456", "{0,choice,}"})
  void aBrokenOneMakesRoomForTheStandard(String own) {
    assertThat(compose(Optional.of(own), "Acme"))
        .contains("Your mobile number for Acme was removed.");
  }

  @Test
  void anEndlessOneMakesRoomForTheStandardToo() {
    assertThat(compose(Optional.of("x".repeat(999_999)), "Acme"))
        .contains("Your mobile number for Acme was removed.");
  }

  @Test
  void aNameCannotForgeAnOrigin() {
    assertThat(
            NoticeText.compose("{0}", Optional.empty(), Locale.ENGLISH, "\n@evil.example #123456"))
        .hasValueSatisfying(text -> assertThat(text).doesNotStartWith("@"));
  }

  @Test
  void withoutAnyTextThereIsNone() {
    assertThat(NoticeText.compose(null, Optional.empty(), Locale.ENGLISH, "Acme")).isEmpty();
  }

  private static Optional<String> compose(Optional<String> own, String name) {
    return NoticeText.compose(STANDARD, own, Locale.ENGLISH, name);
  }
}
