package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages' texts in every language, and the templates that ask for them. */
class MessagesTest {

  private static final Path MESSAGES = Path.of("themes", "messages");
  private static final Path TEMPLATES = Path.of("themes", "templates");

  /** Texts that every login theme of Keycloak has. */
  private static final Set<String> KEYCLOAKS_OWN =
      Set.of("doCancel", "doTryAnotherWay", "logoutOtherSessions");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)");
  private static final Pattern ASKED_FOR = Pattern.compile("msg\\(\"([^\"]+)\"");
  private static final Pattern HANDLER = Pattern.compile("\\son[a-z]+\\s*=");
  private static final Pattern INLINE_SCRIPT = Pattern.compile("<script[^>]*>\\s*[^<\\s]");

  static Stream<Path> languages() throws IOException {
    return files(MESSAGES, ".properties");
  }

  static Stream<Path> templates() throws IOException {
    return files(TEMPLATES, ".ftl");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyLanguageHasEveryText(Path language) throws IOException {
    assertThat(read(language).stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(english().stringPropertyNames());
  }

  @ParameterizedTest
  @MethodSource("languages")
  void noTextIsEmptyAndEachHasTheSamePlaceholders(Path language) throws IOException {
    Properties texts = read(language);
    for (String key : english().stringPropertyNames()) {
      assertThat(texts.getProperty(key)).as(key).isNotBlank();
      assertThat(placeholders(texts.getProperty(key)))
          .as(key)
          .isEqualTo(placeholders(english().getProperty(key)));
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyTextIsAMessageFormatWhoseApostrophesAreDoubled(Path language) throws IOException {
    Properties texts = read(language);
    for (String key : texts.stringPropertyNames()) {
      String text = texts.getProperty(key);
      assertThatCode(() -> new MessageFormat(text, Locale.ROOT)).as(key).doesNotThrowAnyException();
      assertThat(text.replace("''", "")).as(key).doesNotContain("'");
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void everyTextATemplateAsksForIsThere(Path template) throws IOException {
    Set<String> asked =
        ASKED_FOR
            .matcher(Files.readString(template))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    asked.removeAll(KEYCLOAKS_OWN);
    assertThat(asked).isSubsetOf(english().stringPropertyNames());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void noTemplateNeedsAnInlineScriptOrHandler(Path template) throws IOException {
    String markup = Files.readString(template);
    assertThat(markup).doesNotContainPattern(HANDLER).doesNotContainPattern(INLINE_SCRIPT);
  }

  @Test
  void thePatternsFindWhatTheyLookFor() throws IOException {
    assertThat("<a onclick=\"x()\">").containsPattern(HANDLER);
    assertThat("<script type=\"module\">\n run();</script>").containsPattern(INLINE_SCRIPT);
    assertThat("${msg(\"smspmBusy\")}").containsPattern(ASKED_FOR);
    assertThat(languages()).hasSizeGreaterThan(1);
    assertThat(templates()).hasSizeGreaterThan(1);
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties english() throws IOException {
    return read(MESSAGES.resolve("messages_en.properties"));
  }

  private static Properties read(Path file) throws IOException {
    Properties texts = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      texts.load(reader);
    }
    return texts;
  }

  private static Stream<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
    }
  }
}
