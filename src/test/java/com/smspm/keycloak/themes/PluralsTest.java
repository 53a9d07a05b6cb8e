package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ChoiceFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where a text has forms for numbers, each number gets the form that its language wants. That a
 * text without forms is worded so that it needs none, only a reader can see.
 */
class PluralsTest {

  /** The largest number that can stand in a text: attempts, minutes, seconds. */
  private static final Map<String, Integer> LARGEST =
      Map.of(
          "smspmCodeWrong",
          4,
          "smspmMustWait",
          3600,
          "smspmTrustDevice",
          365,
          "smspmSmsText",
          10,
          "smspmSmsTextShort",
          10);

  static List<Translation> all() {
    return Translation.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void numbersOfDifferentPluralsNeverShareAForm(Translation translation) {
    for (String key : translation.keys()) {
      assertThat(mixed(translation, key)).as(key).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void formsBeginAtOneAndAscend(Translation translation) {
    for (String key : translation.keys()) {
      for (ChoiceFormat choice : choices(translation, key)) {
        assertThat(choice.getLimits()[0]).as(key).isLessThanOrEqualTo(1);
        for (int i = 1; i < choice.getLimits().length; i++) {
          assertThat(choice.getLimits()[i]).as(key).isGreaterThan(choice.getLimits()[i - 1]);
        }
      }
    }
  }

  @Test
  void aMissingFormIsSeen() {
    String english = "{0,choice,1#one second|1<{0} seconds}";
    Properties texts = new Properties();
    texts.setProperty("smspmMustWait", english);

    assertThat(mixed(new Translation("en", Locale.ENGLISH, texts), "smspmMustWait")).isEmpty();
    for (String other : List.of("ru", "pl", "cs", "lt", "lv", "sl", "ro", "ar")) {
      assertThat(
              mixed(new Translation(other, Locale.forLanguageTag(other), texts), "smspmMustWait"))
          .as(other)
          .isNotEmpty();
    }
  }

  @Test
  void theLastAttemptReadsAsOne() {
    Translation english = Translation.english();

    assertThat(english.formatted("smspmCodeWrong", 1))
        .isEqualTo("This code is not right. You have one attempt left.");
    assertThat(english.formatted("smspmCodeWrong", 4))
        .isEqualTo("This code is not right. You have 4 attempts left.");
  }

  /** The forms that numbers of different plurals share. */
  private static List<String> mixed(Translation translation, String key) {
    List<String> mixed = new ArrayList<>();
    for (ChoiceFormat choice : choices(translation, key)) {
      assertThat(LARGEST).as("a text with forms").containsKey(key);
      Map<Integer, TreeSet<String>> plurals = new TreeMap<>();
      for (int number = 1; number <= LARGEST.get(key); number++) {
        plurals
            .computeIfAbsent(formOf(choice, number), it -> new TreeSet<>())
            .add(translation.pluralOf(number));
      }
      plurals.values().stream()
          .filter(shared -> shared.size() > 1)
          .forEach(shared -> mixed.add(choice.toPattern() + ": " + shared));
    }
    return mixed;
  }

  private static int formOf(ChoiceFormat choice, int number) {
    int form = 0;
    while (form + 1 < choice.getLimits().length && choice.getLimits()[form + 1] <= number) {
      form++;
    }
    return form;
  }

  private static List<ChoiceFormat> choices(Translation translation, String key) {
    List<ChoiceFormat> choices = new ArrayList<>();
    for (Format format :
        new MessageFormat(translation.text(key), translation.locale()).getFormats()) {
      if (format instanceof ChoiceFormat choice) {
        choices.add(choice);
      }
    }
    return choices;
  }
}
