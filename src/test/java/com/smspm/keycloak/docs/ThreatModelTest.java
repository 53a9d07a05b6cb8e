package com.smspm.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The threat model names tests that there are, and leaves no id of the checklist out. */
class ThreatModelTest {

  private static final Path DOCUMENT = Path.of("docs", "threat-model.md");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");

  /** The ids of the checklist: how many of each letter come before the next one begins. */
  private static final Map<String, int[]> IDS =
      Map.of(
          "C", new int[] {1, 11},
          "G", new int[] {12, 22},
          "S", new int[] {23, 33},
          "E", new int[] {34, 42},
          "F", new int[] {44, 49});

  private final String text;
  private final Map<String, Path> classes;

  ThreatModelTest() throws IOException {
    text = Files.readString(DOCUMENT);
    try (Stream<Path> files = Files.walk(TESTS)) {
      classes =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(
                  Collectors.toMap(
                      file -> file.getFileName().toString().replace(".java", ""),
                      file -> file,
                      (one, other) -> one));
    }
  }

  @Test
  void everyNamedTestExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (MatchResult named : NAMED.matcher(text).results().toList()) {
      Path file = classes.get(named.group(1));
      boolean exists =
          file != null
              && (named.group(2) == null
                  || Files.readString(file).contains(" void " + named.group(2) + "("));
      if (!exists) {
        missing.add(named.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(NAMED.matcher(text).results()).hasSizeGreaterThan(40);
  }

  @Test
  void everyAttackHasATest() {
    List<String> attacks =
        text.lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| attack"))
            .filter(line -> line.split("(?<!\\\\)\\|").length == 5)
            .toList();

    assertThat(attacks).hasSizeGreaterThan(35).allMatch(line -> NAMED.matcher(line).find());
  }

  @Test
  void noIdOfTheChecklistIsForgotten() {
    List<String> forgotten = new ArrayList<>();
    IDS.forEach(
        (letter, range) -> {
          for (int number = range[0]; number <= range[1]; number++) {
            String id = letter + (number < 10 ? "0" : "") + number;
            Matcher matcher = Pattern.compile("\\b" + id + "\\b").matcher(text);
            if (!matcher.find()) {
              forgotten.add(id);
            }
          }
        });
    assertThat(forgotten).isEmpty();
  }
}
