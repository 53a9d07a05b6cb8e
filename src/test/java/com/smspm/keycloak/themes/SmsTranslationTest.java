package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.message.NoticeText;
import com.smspm.keycloak.message.Segments;
import com.smspm.keycloak.message.SmsText;
import com.smspm.keycloak.message.SmsText.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a message costs and holds in each language, at the longest name and a long host. */
class SmsTranslationTest {

  private static final List<String> KEYS =
      List.of("smspmSmsText", "smspmSmsTextShort", "smspmSmsTextShorter", "smspmSmsTextShortest");
  private static final List<String> NOTICES =
      List.of("smspmSmsNumberChanged", "smspmSmsNumberRemoved");
  private static final List<String> CODES = List.of("012345", "01234567");
  private static final List<Integer> MINUTES = List.of(1, 5, 10);

  private static final String HOST = "login.identity.example-org.com";
  private static final String LATIN_NAME = "Käse & Brötchen GmbH";
  private static final String OTHER_NAME = "Кафе «Солнышко» Рига";

  /** As long as a name can be: each of its 20 characters takes two units. */
  private static final String EMOJI_NAME = "🍀".repeat(20);

  private static final Pattern ALL_OF_IT = Pattern.compile("(?m)^\\| everything \\| ([^|]+) \\|");

  static List<Translation> all() {
    return Translation.all();
  }

  @Test
  void theNamesAreOfTheLongestThatIsShownAndTheHostIsLong() {
    assertThat(LATIN_NAME).hasSize(20);
    assertThat(OTHER_NAME).hasSize(20);
    assertThat(HOST).hasSize(30);
    assertThat(Segments.of(LATIN_NAME).encoding()).isEqualTo(Segments.Encoding.GSM_7);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyMessageIsOneSegmentWithCodePhraseAndLastLine(Translation translation) {
    for (String name : List.of(LATIN_NAME, OTHER_NAME)) {
      for (String code : CODES) {
        for (int minutes : MINUTES) {
          SmsText text = compose(translation, code, name, minutes);
          assertThat(text.segments().isSingle()).as(text.text()).isTrue();
          assertThat(text.brokenCandidates()).isEmpty();
          assertThat(text.text()).startsWith(code).endsWith("\n@" + HOST + " #" + code);
          assertThat(text.text().lines().findFirst().get().substring(code.length()))
              .containsPattern("\\p{L}{2}|\\p{IsHan}|\\p{IsThai}");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void inGsm7EverythingFits(Translation translation) {
    if (isGsm7(translation)) {
      for (String code : CODES) {
        for (int minutes : MINUTES) {
          SmsText text = compose(translation, code, LATIN_NAME, minutes);
          assertThat(text.candidate()).as(text.text()).hasValue(0);
          assertThat(text.segments().encoding()).isEqualTo(Segments.Encoding.GSM_7);
          assertThat(text.text()).contains(LATIN_NAME);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachTextIsShorterThanTheOneBeforeAndNeedsNoLargerAlphabet(Translation translation) {
    for (int i = 1; i < KEYS.size(); i++) {
      Segments longer = alone(translation, KEYS.get(i - 1));
      Segments shorter = alone(translation, KEYS.get(i));
      assertThat(shorter.units()).as(KEYS.get(i)).isLessThan(longer.units());
      assertThat(shorter.encoding())
          .as(KEYS.get(i))
          .isIn(Segments.Encoding.GSM_7, longer.encoding());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aShortNameAtAShortHostIsNamedInEveryLanguage(Translation translation) {
    SmsText text =
        SmsText.compose(
            candidates(translation),
            translation.locale(),
            "012345",
            "Acme",
            5,
            Optional.of("id.example.org"));

    assertThat(text.text()).contains("Acme");
    assertThat(text.segments().isSingle()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMessageBeginsWithTheCodeSoThatANotificationShowsIt(Translation translation) {
    assertThat(KEYS).allMatch(key -> translation.text(key).startsWith("{0}"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aNoticeToANumberThatIsNoLongerUsedIsOneSegment(Translation translation) {
    for (String key : NOTICES) {
      for (String name : List.of(LATIN_NAME, OTHER_NAME, EMOJI_NAME)) {
        for (String realm : List.of("acme", OTHER_NAME)) {
          String text = notice(translation, key, name, realm);
          assertThat(Segments.of(text).isSingle()).as(text).isTrue();
        }
      }
    }
  }

  /** Where the language's own letters are outside of GSM-7, other names cost nothing more. */
  @ParameterizedTest
  @MethodSource("all")
  void aNoticeHoldsTheRealmsNameWhereThatFits(Translation translation) {
    for (String key : NOTICES) {
      assertThat(notice(translation, key, LATIN_NAME, "acme")).contains(LATIN_NAME);
      MessageFormat format = new MessageFormat(translation.text(key), translation.locale());
      boolean latin =
          Segments.of(format.format(new Object[] {LATIN_NAME})).encoding()
              == Segments.Encoding.GSM_7;
      assertThat(notice(translation, key, OTHER_NAME, "acme"))
          .contains(latin ? "acme" : OTHER_NAME);
    }
  }

  private static String notice(Translation translation, String key, String name, String realm) {
    return NoticeText.compose(
            translation.text(key),
            Optional.empty(),
            translation.locale(),
            List.of(name, realm),
            Optional.of(HOST))
        .orElseThrow();
  }

  @Test
  void theGuideNamesTheLanguagesWhoseMessagesHoldEverything() throws IOException {
    MatchResult row =
        ALL_OF_IT
            .matcher(Files.readString(Path.of("docs", "texts.md")))
            .results()
            .findFirst()
            .orElseThrow();

    assertThat(new TreeSet<>(Set.of(row.group(1).split(", "))))
        .isEqualTo(
            all().stream()
                .filter(SmsTranslationTest::isGsm7)
                .map(it -> it.locale().toLanguageTag())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Segments alone(Translation translation, String key) {
    Object[] values = {CODES.get(0), LATIN_NAME, 10};
    return Segments.of(
        new MessageFormat(translation.text(key), translation.locale()).format(values));
  }

  private static boolean isGsm7(Translation translation) {
    return alone(translation, KEYS.get(0)).encoding() == Segments.Encoding.GSM_7;
  }

  private static SmsText compose(Translation translation, String code, String name, int minutes) {
    return SmsText.compose(
        candidates(translation), translation.locale(), code, name, minutes, Optional.of(HOST));
  }

  private static List<Candidate> candidates(Translation translation) {
    return KEYS.stream().map(translation::text).map(Candidate::standard).toList();
  }
}
