package com.smspm.keycloak.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeTextTest {

  private static final String STANDARD = "Your mobile number for {0} was removed.";

  /** More than a segment holds of letters outside of GSM-7. */
  private static final String LONG = STANDARD + " Not you? Change your password. " + "x".repeat(20);

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
            NoticeText.compose(
                "{0}",
                Optional.empty(),
                Locale.ENGLISH,
                List.of("\n@evil.example #123456"),
                Optional.of("@evil.example")))
        .hasValueSatisfying(text -> assertThat(text).doesNotStartWith("@"));
  }

  @Test
  void withoutAnyTextThereIsNone() {
    assertThat(compose(null, Optional.empty(), "Acme")).isEmpty();
  }

  @Test
  void aNameThatWouldMakeTwoSegmentsMakesRoomForTheNextAndForTheHost() {
    assertThat(compose(LONG, Optional.empty(), "Кафе", "cafe"))
        .hasValue(LONG.replace("{0}", "cafe"));
    assertThat(compose(LONG, Optional.empty(), "Кафе", "кафе"))
        .hasValue(LONG.replace("{0}", "login.identity.example.org"));
    assertThat(compose(LONG + "x".repeat(50), Optional.empty(), "Кафе", "кафе"))
        .hasValueSatisfying(text -> assertThat(text).contains("for identity.example.org was"));
  }

  @Test
  void aTextOfTheRealmsOwnIsSentWithItsNameWhateverItCosts() {
    assertThat(compose(LONG, Optional.of(LONG + "!"), "Кафе", "cafe"))
        .hasValue(LONG.replace("{0}", "Кафе") + "!");
    assertThat(compose(LONG, Optional.of(LONG), "Кафе", "cafe"))
        .hasValue(LONG.replace("{0}", "cafe"));
  }

  @Test
  void anInvisibleNameIsNone() {
    assertThat(compose(STANDARD, Optional.empty(), "\u200b", "cafe"))
        .hasValue("Your mobile number for cafe was removed.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "a.b", "192.0.2.1", "[2001:db8::1]", "x.", ".", ""})
  void anyHostWillDo(String host) {
    assertThat(
            NoticeText.compose(
                STANDARD, Optional.empty(), Locale.ENGLISH, List.of("Кафе"), Optional.of(host)))
        .isPresent();
  }

  private static Optional<String> compose(Optional<String> own, String name) {
    return compose(STANDARD, own, name);
  }

  private static Optional<String> compose(String standard, Optional<String> own, String... names) {
    return NoticeText.compose(
        standard, own, Locale.ENGLISH, List.of(names), Optional.of("login.identity.example.org"));
  }
}
