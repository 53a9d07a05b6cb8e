package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.UnicodeSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be checked of a translation without speaking the language. */
class TranslationTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");
  private static final Pattern SINGLE_APOSTROPHE = Pattern.compile("(?<!')'(?!')");
  private static final Pattern KEY_LINE = Pattern.compile("^([^#=\\s][^=]*)=", Pattern.MULTILINE);
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\u200c\\u200d]]");

  /** Words that no other language writes like this. */
  private static final Pattern ENGLISH_WORD =
      Pattern.compile(
          "\\b(the|your|you|please|enter|this|that|which|wait|valid for|phone number)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

  /** What people who do not write Latin letters write in Latin letters all the same. */
  private static final Pattern INTERNATIONAL = Pattern.compile("SMS|[Pp]asskey|Authenticator");

  /** Letters that are usual in a language and that CLDR does not count among its common ones. */
  private static final Map<String, String> LESS_COMMON = Map.of("zh_TW", "併攔");

  /** Keycloak's names of files, and ours, which the build copies to further names. */
  private static final Map<String, String> CHINESE = Map.of("zh_Hans", "zh_CN", "zh_Hant", "zh_TW");

  private final Translation english = Translation.english();

  static List<Translation> all() {
    return Translation.all();
  }

  static List<Path> files() {
    return ThemeFiles.messageFiles();
  }

  static List<Translation> others() {
    return all().stream().filter(it -> !it.tag().equals("en")).toList();
  }

  @Test
  void thereIsAFileForEveryLanguageOfKeycloaksLoginTheme() {
    Set<String> ours = all().stream().map(Translation::tag).collect(Collectors.toSet());
    Set<String> keycloaks =
        ThemeFiles.keycloakLanguages().stream()
            .map(tag -> CHINESE.getOrDefault(tag, tag))
            .collect(Collectors.toSet());

    assertThat(keycloaks).hasSizeGreaterThanOrEqualTo(41);
    assertThat(ours).containsAll(keycloaks);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLanguageHasTheKeysOfEnglish(Translation translation) {
    assertThat(translation.keys()).containsExactlyInAnyOrderElementsOf(english.keys());
  }

  @ParameterizedTest
  @MethodSource("files")
  void noKeyIsWrittenTwiceAndAllAreOurs(Path file) {
    List<String> keys =
        KEY_LINE.matcher(ThemeFiles.read(file)).results().map(line -> line.group(1)).toList();

    assertThat(keys).doesNotHaveDuplicates();
    assertThat(keys).allMatch(key -> key.matches("smspm.+|requiredAction\\.smspm-.+"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyTextHasThePlaceholdersOfItsEnglishOriginal(Translation translation) {
    for (String key : translation.keys()) {
      assertThat(placeholders(translation.text(key)))
          .as(key)
          .isEqualTo(placeholders(english.text(key)));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyTextCanBeFormatted(Translation translation) {
    for (String key : translation.keys()) {
      assertThat(translation.text(key))
          .as(key)
          .isNotBlank()
          .isEqualTo(translation.text(key).strip());
      assertThatCode(() -> translation.forms(key)).as(key).doesNotThrowAnyException();
      assertThat(translation.forms(key))
          .as(key)
          .allSatisfy(form -> assertThat(form).isNotBlank().doesNotContain("{", "}", "|", "  "));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingUnseenTurnsOrHidesATextBesideTheJoinersOfScripts(Translation translation) {
    for (String key : translation.keys()) {
      assertThat(translation.text(key)).as(key).doesNotContainPattern(UNSEEN);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyApostropheIsDoubledBecauseMessageFormatAndTheAccountConsoleSwallowSingleOnes(
      Translation translation) {
    for (String key : translation.keys()) {
      assertThat(translation.text(key)).as(key).doesNotContainPattern(SINGLE_APOSTROPHE);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void noFormOfATextLosesAnApostrophe(Translation translation) {
    for (String key : translation.keys()) {
      String text = translation.text(key);
      String typographic = text.replaceAll("'+", "’");
      for (int number : Translation.NUMBERS) {
        assertThat(translation.format(text, number).replace('\'', '’'))
            .as(key)
            .isEqualTo(translation.format(typographic, number));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("others")
  void noTextIsLeftInEnglish(Translation translation) {
    for (String key : translation.keys()) {
      assertThat(translation.text(key)).as(key).isNotEqualTo(english.text(key));
      assertThat(translation.text(key)).as(key).doesNotContainPattern(ENGLISH_WORD);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyTextIsInTheScriptOfItsLanguage(Translation translation) {
    Set<Integer> scripts = translation.scripts();
    for (String key : translation.keys()) {
      long[] letters =
          translation.forms(key).stream()
              .map(form -> INTERNATIONAL.matcher(form).replaceAll(""))
              .flatMapToInt(String::codePoints)
              .filter(Character::isLetter)
              .map(UScript::getScript)
              .filter(script -> script != UScript.COMMON)
              .mapToLong(script -> scripts.contains(script) ? 1 : 0)
              .toArray();
      long right = LongStream.of(letters).sum();

      assertThat((double) right / letters.length).as(key).isGreaterThan(0.9);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLetterIsOneOfTheLanguage(Translation translation) {
    UnicodeSet known =
        translation.letters().addAll(LESS_COMMON.getOrDefault(translation.tag(), ""));
    Set<String> strange = new TreeSet<>();
    for (String key : translation.keys()) {
      for (String form : translation.forms(key)) {
        INTERNATIONAL
            .matcher(form)
            .replaceAll("")
            .codePoints()
            .filter(Character::isLetter)
            .filter(letter -> !known.contains(letter))
            .forEach(letter -> strange.add(key + ": " + Character.toString(letter)));
      }
    }
    assertThat(strange).isEmpty();
  }

  @Test
  void aLetterOfAnotherLanguageIsSeen() {
    Translation russian = new Translation("ru", Locale.forLanguageTag("ru"), null);

    assertThat(russian.letters().containsAll("Вашкод")).isTrue();
    assertThat(russian.letters().contains('i')).isFalse();
    assertThat(russian.letters().contains('ї')).isFalse();
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map((MatchResult it) -> it.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
