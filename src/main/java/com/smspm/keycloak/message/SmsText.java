package com.smspm.keycloak.message;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The text of a message with a code.
 *
 * @param text the whole text, secret because it holds the code
 * @param segments what it costs; more than one is worth a warning in the log
 * @param candidate which of the candidates was taken, counted from 0; none when no candidate could
 *     be used and the message is the code alone
 * @param brokenCandidates the candidates that were looked at and have a pattern that cannot be used
 *     whatever its length, counted from 0; worth a warning too, because an admin wrote it
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
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern ANY_LINE_BREAK = Pattern.compile("\\R");
  private static final Pattern LOOKS_LIKE_ORIGIN = Pattern.compile("(?m)^[\\s\\p{Z}\\p{Cf}]*[@＠]");

  /** What MessageFormat leaves of a placeholder that stands for nothing. */
  private static final Pattern UNFILLED = Pattern.compile("\\{[0-9]+}");

  /** Of the languages that realms have, and no others. */
  private static final Map<Locale, Locale> ASCII_DIGITS = new ConcurrentHashMap<>();

  private static final String NAME_PLACEHOLDER = "{1";

  public SmsText {
    brokenCandidates = List.copyOf(brokenCandidates);
  }

  /**
   * One of the texts to choose from. A pattern is a {@link MessageFormat}: {@code {0}} is the code,
   * {@code {1}} the name, {@code {2}} the minutes, a number, so that {@code
   * {2,choice,1#minute|1<minutes}} works.
   *
   * @param standard what the theme says; null when it says nothing
   * @param own what the realm says instead, where it does
   */
  public record Candidate(String standard, Optional<String> own) {

    /** A text that no realm has changed. */
    public static Candidate standard(String pattern) {
      return new Candidate(pattern, Optional.empty());
    }
  }

  /**
   * Takes the first candidate that fits one segment together with the last line {@code @host
   * #code}; the last usable one when none fits. From a realm's first usable pattern of its own on,
   * only its own ones count: who writes a text wants it sent, whatever it costs, and not a shorter
   * one of somebody else's. A pattern is broken when it is no {@link MessageFormat}, does not show
   * the code as one word, has a placeholder that stands for nothing or a line that looks like an
   * origin, or is endless; a broken one of the realm's own makes room for the standard. No
   * candidate, name, host or language makes this throw.
   *
   * @param candidates in order of preference, usually each shorter than the one before. Patterns
   *     with {@code {1}} are passed over when nothing is left of the name.
   * @param locale the reader's language; digits are ASCII in every language, because the code's are
   * @param code letters and digits, at most 16
   * @param name of application or realm; cut to 20 characters, and to one line without marks that
   *     could forge an origin
   * @param minutes how long the code is valid, 1 to 60
   * @param host what the browser shows; without one, or when it is none, there is no last line
   * @throws IllegalArgumentException when code or minutes are none; the message repeats neither
   */
  public static SmsText compose(
      List<Candidate> candidates,
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
    Values values =
        new Values(code, DisplayName.of(name), minutes, locale, OriginLine.of(host, code));
    List<Integer> broken = new ArrayList<>();
    SmsText chosen = alone(values);
    boolean onlyOwn = false;
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      Optional<String> own = candidate.own().filter(values::canFill);
      Optional<String> text = own.flatMap(values::fill);
      boolean isBroken = own.isPresent() && text.isEmpty();
      onlyOwn |= text.isPresent();
      if (!onlyOwn && values.canFill(candidate.standard())) {
        text = values.fill(candidate.standard());
        isBroken |= text.isEmpty();
      }
      if (isBroken) {
        broken.add(i);
      }
      if (text.isEmpty()) {
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

  private static SmsText alone(Values values) {
    String text = values.joined(values.code());
    return new SmsText(text, Segments.of(text), OptionalInt.empty(), List.of());
  }

  /** What stands for the placeholders, and what comes after all of it. */
  private record Values(
      String code, String name, int minutes, Locale locale, Optional<String> lastLine) {

    /** Whether there is something for every placeholder; a pattern that is missing is broken. */
    boolean canFill(String pattern) {
      return !name.isEmpty() || pattern == null || !pattern.contains(NAME_PLACEHOLDER);
    }

    /** The whole message; empty when the pattern is broken. */
    Optional<String> fill(String pattern) {
      return format(pattern)
          .filter(this::isUsable)
          .map(this::joined)
          .filter(whole -> Segments.of(whole).count() <= MAX_SEGMENTS);
    }

    String joined(String body) {
      return lastLine.map(line -> body + "\n" + line).orElse(body);
    }

    private Optional<String> format(String pattern) {
      if (pattern == null || pattern.length() > MAX_PATTERN) {
        return Optional.empty();
      }
      try {
        Object[] values = {code, name, minutes};
        String body = new MessageFormat(pattern, withAsciiDigits(locale)).format(values);
        return Optional.of(ANY_LINE_BREAK.matcher(body).replaceAll("\n").strip());
      } catch (RuntimeException unusable) {
        // Mostly IllegalArgumentException, but an empty choice, for one, ends beside its array
        return Optional.empty();
      }
    }

    private boolean isUsable(String body) {
      return hasCodeAsOneWord(body)
          && !LOOKS_LIKE_ORIGIN.matcher(body).find()
          && !UNFILLED.matcher(body).find();
    }

    private boolean hasCodeAsOneWord(String body) {
      return WORD.matcher(body).results().anyMatch(word -> word.group().equals(code));
    }
  }

  /** The same language with the digits of the code; going through the tag makes it well-formed. */
  private static Locale withAsciiDigits(Locale locale) {
    return ASCII_DIGITS.computeIfAbsent(
        locale,
        it ->
            new Locale.Builder()
                .setLanguageTag(it.toLanguageTag())
                .setUnicodeLocaleKeyword("nu", "latn")
                .build());
  }
}
