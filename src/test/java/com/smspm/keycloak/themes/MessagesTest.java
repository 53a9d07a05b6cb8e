package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");
  private static final Pattern SINGLE_APOSTROPHE = Pattern.compile("(?<!')'(?!')");
  private static final Pattern KEY_LINE = Pattern.compile("^([^#=\\s][^=]*)=", Pattern.MULTILINE);

  private final Properties english = ThemeFiles.english();

  static List<Path> files() {
    return ThemeFiles.messageFiles();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyLanguageHasTheKeysOfEnglish(Path file) {
    assertThat(ThemeFiles.messages(file).stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyTextHasThePlaceholdersOfItsEnglishOriginal(Path file) {
    ThemeFiles.messages(file)
        .forEach(
            (key, text) ->
                assertThat(placeholders((String) text))
                    .as("%s in %s", key, file)
                    .isEqualTo(placeholders(english.getProperty((String) key))));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyTextCanBeFormatted(Path file) {
    ThemeFiles.messages(file)
        .forEach(
            (key, text) -> {
              assertThat((String) text).as("%s in %s", key, file).isNotBlank();
              assertThatCode(
                      () -> new MessageFormat((String) text, ThemeFiles.localeOf(file)).toPattern())
                  .as("%s in %s", key, file)
                  .doesNotThrowAnyException();
            });
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyApostropheIsDoubledBecauseMessageFormatAndTheAccountConsoleSwallowSingleOnes(
      Path file) {
    ThemeFiles.messages(file)
        .forEach(
            (key, text) ->
                assertThat((String) text)
                    .as("%s in %s", key, file)
                    .doesNotContainPattern(SINGLE_APOSTROPHE));
  }

  @ParameterizedTest
  @MethodSource("files")
  void noKeyIsWrittenTwiceAndAllAreOurs(Path file) {
    List<String> keys =
        KEY_LINE.matcher(ThemeFiles.read(file)).results().map(line -> line.group(1)).toList();

    assertThat(keys).doesNotHaveDuplicates();
    assertThat(keys).allMatch(key -> key.matches("smspm.+|requiredAction\\.smspm-.+"));
  }

  @Test
  void theLastAttemptReadsAsOne() {
    String text = english.getProperty("smspmCodeWrong");

    assertThat(MessageFormat.format(text, 1))
        .isEqualTo("This code is not right. You have one attempt left.");
    assertThat(MessageFormat.format(text, 4))
        .isEqualTo("This code is not right. You have 4 attempts left.");
  }

  @ParameterizedTest
  @MethodSource("files")
  void aMessageBeginsWithTheCodeSoThatANotificationShowsIt(Path file) {
    Properties messages = ThemeFiles.messages(file);

    assertThat(
            List.of(
                "smspmSmsText", "smspmSmsTextShort", "smspmSmsTextShorter", "smspmSmsTextShortest"))
        .allMatch(key -> messages.getProperty(key).startsWith("{0}"));
  }

  private static Set<String> placeholders(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
