package com.smspm.keycloak.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts like the default ones, at the longest name that is shown and a host of 30 characters. */
class DefaultTextsTest {

  private static final Optional<String> HOST = Optional.of("login.identity.example-org.com");
  private static final String LATIN_NAME = "Käse & Brötchen GmbH";
  private static final String OTHER_NAME = "Кафе «Солнышко» Рига";

  enum Language {
    ENGLISH(
        Locale.ENGLISH,
        "{0} is your code for {1}. It is valid for {2,choice,1#1 minute|1<{2} minutes}."
            + " Do not share it.",
        "{0} is your code for {1}. It is valid for {2,choice,1#1 minute|1<{2} minutes}.",
        "{0} is your code for {1}.",
        "{0} is your code."),
    GERMAN(
        Locale.GERMAN,
        "{0} ist Ihr Code für {1}. Er gilt {2,choice,1#1 Minute|1<{2} Minuten}."
            + " Geben Sie ihn nicht weiter.",
        "{0} ist Ihr Code für {1}. Er gilt {2,choice,1#1 Minute|1<{2} Minuten}.",
        "{0} ist Ihr Code für {1}.",
        "{0} ist Ihr Code.");

    final Locale locale;
    final List<String> texts;

    Language(Locale locale, String... texts) {
      this.locale = locale;
      this.texts = List.of(texts);
    }

    SmsText compose(String code, String name, int minutes) {
      return SmsText.compose(texts, locale, code, name, minutes, HOST);
    }
  }

  @ParameterizedTest
  @EnumSource
  void inGsm7EverythingFitsOneSegment(Language language) {
    assertThat(HOST.get()).hasSize(30);
    assertThat(LATIN_NAME).hasSize(DisplayName.MAX_LENGTH);
    for (String code : List.of("012345", "01234567")) {
      SmsText text = language.compose(code, LATIN_NAME, 10);
      assertThat(text.candidate()).hasValue(0);
      assertThat(text.text()).contains(LATIN_NAME);
      assertThat(text.segments().encoding()).isEqualTo(Segments.Encoding.GSM_7);
      assertThat(text.segments().isSingle()).isTrue();
      assertThat(text.brokenCandidates()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLongNameInAnotherScriptIsLeftOut(Language language) {
    assertThat(OTHER_NAME).hasSize(DisplayName.MAX_LENGTH);
    SmsText text = language.compose("012345", OTHER_NAME, 5);
    assertThat(text.candidate()).hasValue(3);
    assertThat(text.segments().isSingle()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aMinuteIsOneMinute(Language language) {
    assertThat(language.compose("012345", LATIN_NAME, 1).text())
        .containsPattern("\\b1 [Mm]inute\\.");
    assertThat(language.compose("012345", LATIN_NAME, 5).text())
        .containsPattern("\\b5 [Mm]inute[sn]\\.");
  }
}
