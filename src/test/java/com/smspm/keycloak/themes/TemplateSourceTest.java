package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every template, whatever it shows. */
class TemplateSourceTest {

  private static final Pattern MESSAGE_KEY = Pattern.compile("msg\\(\"([^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("<#import \"([^\"]+)\"");
  private static final Pattern SCRIPT_BODY = Pattern.compile("<script[^>]*>\\s*[^<\\s]");
  private static final Pattern HANDLER = Pattern.compile("\\son\\w+\\s*=");

  static List<Path> templates() {
    return ThemeFiles.templates();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void everyTextOnAPageIsOursOrKeycloaks(Path template) {
    Set<String> known = new HashSet<>(ThemeFiles.english().stringPropertyNames());
    known.addAll(
        ThemeFiles.keycloak("base/login/messages/messages_en.properties").stringPropertyNames());

    assertThat(known).containsAll(all(MESSAGE_KEY, template));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void nothingRunsInline(Path template) {
    assertThat(ThemeFiles.read(template))
        .doesNotContainPattern(SCRIPT_BODY)
        .doesNotContainPattern(HANDLER)
        .doesNotContain("javascript:", " style=", "<style");
  }

  @ParameterizedTest
  @MethodSource("templates")
  void nothingIsImportedThatACustomThemeMayNotHave(Path template) {
    assertThat(Set.of("template.ftl", "smspm-commons.ftl")).containsAll(all(IMPORT, template));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void everyPageSaysWhenItIsComplete(Path template) {
    if (ThemeFiles.read(template).contains("registrationLayout")) {
      assertThat(ThemeFiles.read(template))
          .containsPattern("<@commons.complete />\\s*</#if>\\s*</@layout.registrationLayout>\\s*$");
    }
  }

  @Test
  void whatABrowserLoadsIsSmall() {
    assertThat(ThemeFiles.scripts()).allMatch(script -> script.toFile().length() < 6_000);
    assertThat(
            ThemeFiles.scripts().stream().mapToLong(script -> script.toFile().length()).sum()
                + ThemeFiles.styles().stream().mapToLong(style -> style.toFile().length()).sum())
        .isLessThan(15_000);
  }

  @Test
  void stylesDoNotKnowLeftFromRight() {
    assertThat(ThemeFiles.styles())
        .allSatisfy(
            style ->
                assertThat(ThemeFiles.read(style))
                    .doesNotContainPattern("(margin|padding|border)-(left|right|top|bottom)")
                    .doesNotContainPattern("(?m)^\\s*(left|right|width|height):"));
  }

  private static List<String> all(Pattern pattern, Path file) {
    return pattern
        .matcher(ThemeFiles.read(file))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
