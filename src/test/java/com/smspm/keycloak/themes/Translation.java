package com.smspm.keycloak.themes;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.LocaleData;
import com.ibm.icu.util.ULocale;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One language's texts, with what Unicode's CLDR knows about the language.
 *
 * @param tag as in the name of the file
 */
record Translation(String tag, Locale locale, Properties texts) {

  /**
   * Numbers that bring every form of a text to light: 1, 2, few, many, and what ends like them; the
   * largest numbers on our pages are seconds to wait, up to an hour.
   */
  static final List<Integer> NUMBERS =
      List.of(1, 2, 3, 4, 5, 6, 10, 11, 12, 19, 20, 21, 22, 25, 30, 100, 101, 102, 103, 111, 300);

  static Translation of(Path file) {
    String name = file.getFileName().toString();
    return new Translation(
        name.substring("messages_".length(), name.indexOf('.')),
        ThemeFiles.localeOf(file),
        ThemeFiles.messages(file));
  }

  static List<Translation> all() {
    return ThemeFiles.messageFiles().stream().map(Translation::of).toList();
  }

  static Translation english() {
    return new Translation("en", Locale.ENGLISH, ThemeFiles.english());
  }

  Set<String> keys() {
    return texts.stringPropertyNames();
  }

  String text(String key) {
    return texts.getProperty(key);
  }

  /** As Keycloak does it, with the same number for every placeholder. */
  String formatted(String key, int number) {
    return format(text(key), number);
  }

  String format(String pattern, int number) {
    return new MessageFormat(pattern, locale).format(new Object[] {number, number, number, number});
  }

  /** Everything that a text can say. */
  List<String> forms(String key) {
    return NUMBERS.stream().map(number -> formatted(key, number)).distinct().toList();
  }

  /** The scripts that the language is written in. */
  Set<Integer> scripts() {
    return IntStream.of(UScript.getCode(ULocale.forLocale(locale)))
        .boxed()
        .collect(Collectors.toSet());
  }

  /** The letters of the language, and those that its foreign words are written with. */
  UnicodeSet letters() {
    LocaleData data = LocaleData.getInstance(ULocale.forLocale(locale));
    UnicodeSet letters = new UnicodeSet();
    for (int kind : new int[] {LocaleData.ES_STANDARD, LocaleData.ES_AUXILIARY}) {
      UnicodeSet some = data.getExemplarSet(0, kind);
      if (some != null) {
        letters.addAll(some);
      }
    }
    return letters.closeOver(UnicodeSet.ADD_CASE_MAPPINGS);
  }

  /** Which form of a word the language uses with a number, as in "one", "few", "other". */
  String pluralOf(int number) {
    return PluralRules.forLocale(ULocale.forLocale(locale)).select(number);
  }

  @Override
  public String toString() {
    return tag;
  }
}
