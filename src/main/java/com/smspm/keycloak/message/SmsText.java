package com.smspm.keycloak.message;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The text of a message with a code.
 *
 * @param text the whole text, secret because it holds the code
 * @param segments what it costs; more than one is worth a warning in the log
 * @param candidate which of the candidates was taken, counted from 0; none when no candidate could
 *     be used and the message is the code alone
 * @param brokenCandidates the candidates that were looked at and cannot be used whatever their
 *     length, counted from 0; worth a warning too, because an admin wrote them
 */
public record SmsText(
    String text, Segments segments, OptionalInt candidate, List<Integer> brokenCandidates) {

  /**
   * The longest pattern that is looked at, in UTF-16 units: a bound on time, memory and nesting.
   */
  static final int MAX_PATTERN = 1000;

  /** A text that would be sent as more segments than this is taken for a mistake. */
  static final int MAX_SEGMENTS = 10;

  private static final int MAX_MINUTES = 60;

  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z]{1,16}");
  private static final Pattern ANY_LINE_BREAK = Pattern.compile("\\R");
  private static final Pattern LOOKS_LIKE_ORIGIN = Pattern.compile("(?m)^[\\s\\p{Z}\\p{Cf}]*[@＠]");

  /** What MessageFormat leaves of a placeholder that stands for nothing. */
  private static final Pattern UNFILLED = Pattern.compile("\\{[0-9]+}");

  private static final String NAME_PLACEHOLDER = "{1";

  public SmsText {
    brokenCandidates = List.copyOf(brokenCandidates);
  }

  /**
   * Takes the first candidate that fits one segment together with the last line {@code @host
   * #code}; the last usable one when none fits. A candidate is broken when it is no {@link
   * MessageFormat}, does not show the code as one word, has a placeholder that stands for nothing
   * or a line that looks like an origin, or is endless. No candidate, name, host or language makes
   * this throw.
   *
   * @param candidates patterns in order of preference, usually each shorter than the one before:
   *     {@code {0}} is the code, {@code {1}} the name, {@code {2}} the minutes, a number, so that
   *     {@code {2,choice,1#minute|1<minutes}} works. Patterns with {@code {1}} are passed over when
   *     nothing is left of the name.
   * @param locale the reader's language; digits are ASCII in every language, because the code's are
   * @param code letters and digits, at most 16
   * @param name of application or realm; cut to 20 characters, and to one line without marks that
   *     could forge an origin
   * @param minutes how long the code is valid, 1 to 60
   * @param host what the browser shows; without one, or when it is none, there is no last line
   * @throws IllegalArgumentException when code or minutes are none; the message repeats neither
   */
  public static SmsText compose(
      List<String> candidates,
      Locale locale,
      String code,
      String name,
      int minutes,
      Optional<String> host) {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("the code is not made of letters and digits");
    }
    if (minutes < 1 || minutes > MAX_MINUTES) {
      throw new IllegalArgumentException("a code is valid for 1 to 60 minutes");
    }
    String shownName = DisplayName.of(name);
    Object[] values = {code, shownName, minutes};
    Optional<String> lastLine = OriginLine.of(host, code);
    List<Integer> broken = new ArrayList<>();
    SmsText chosen = alone(code, lastLine);
    for (int i = 0; i < candidates.size(); i++) {
      String pattern = candidates.get(i);
      if (shownName.isEmpty() && pattern != null && pattern.contains(NAME_PLACEHOLDER)) {
        continue;
      }
      Optional<String> text =
          format(pattern, withAsciiDigits(locale), values)
              .filter(body -> isUsable(body, code))
              .map(body -> joined(body, lastLine))
              .filter(whole -> Segments.of(whole).count() <= MAX_SEGMENTS);
      if (text.isEmpty()) {
        broken.add(i);
        continue;
      }
      chosen = new SmsText(text.get(), Segments.of(text.get()), OptionalInt.of(i), broken);
      if (chosen.segments().isSingle()) {
        break;
      }
    }
    return new SmsText(chosen.text(), chosen.segments(), chosen.candidate(), broken);
  }

  /** Never the text: this may be logged. */
  @Override
  public String toString() {
    return "SmsText["
        + segments
        + ", candidate="
        + candidate
        + ", broken="
        + brokenCandidates
        + "]";
  }

  private static SmsText alone(String code, Optional<String> lastLine) {
    String text = joined(code, lastLine);
    return new SmsText(text, Segments.of(text), OptionalInt.empty(), List.of());
  }

  private static String joined(String body, Optional<String> lastLine) {
    return lastLine.map(line -> body + "\n" + line).orElse(body);
  }

  private static Optional<String> format(String pattern, Locale locale, Object[] values) {
    if (pattern == null || pattern.length() > MAX_PATTERN) {
      return Optional.empty();
    }
    try {
      String body = new MessageFormat(pattern, locale).format(values);
      return Optional.of(ANY_LINE_BREAK.matcher(body).replaceAll("\n").strip());
    } catch (RuntimeException unusable) {
      // Mostly IllegalArgumentException, but an empty choice, for one, ends beside its array
      return Optional.empty();
    }
  }

  private static boolean isUsable(String body, String code) {
    Pattern codeAsOneWord = Pattern.compile("(?<![\\p{L}\\p{N}])" + code + "(?![\\p{L}\\p{N}])");
    return codeAsOneWord.matcher(body).find()
        && !LOOKS_LIKE_ORIGIN.matcher(body).find()
        && !UNFILLED.matcher(body).find();
  }

  /** The same language with the digits of the code; going through the tag makes it well-formed. */
  private static Locale withAsciiDigits(Locale locale) {
    return new Locale.Builder()
        .setLanguageTag(locale.toLanguageTag())
        .setUnicodeLocaleKeyword("nu", "latn")
        .build();
  }
}
