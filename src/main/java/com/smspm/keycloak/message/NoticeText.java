package com.smspm.keycloak.message;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text of a message without a code, which tells that something was changed. */
public final class NoticeText {

  private static final Pattern ANY_LINE_BREAK = Pattern.compile("\\R");
  private static final Pattern LOOKS_LIKE_ORIGIN = Pattern.compile("(?m)^[\\s\\p{Z}\\p{Cf}]*[@＠]");
  private static final Pattern UNFILLED = Pattern.compile("\\{[0-9]+}");

  private NoticeText() {}

  /**
   * The realm's own text where it can be used, else the theme's. A pattern is a {@link
   * MessageFormat} with {@code {0}} for the name.
   *
   * @param standard what the theme says; null when it says nothing
   * @param own what the realm says instead, where it does
   * @param name of the realm; cut to 20 characters, and to one line without marks that could forge
   *     an origin
   * @return nothing where neither can be used. The standard takes one segment; an own text may take
   *     up to ten.
   */
  public static Optional<String> compose(
      String standard, Optional<String> own, Locale locale, String name) {
    String shown = DisplayName.of(name);
    return Stream.concat(own.stream(), Stream.ofNullable(standard))
        .flatMap(pattern -> format(pattern, locale, shown).stream())
        .findFirst();
  }

  private static Optional<String> format(String pattern, Locale locale, String name) {
    if (pattern.length() > SmsText.MAX_PATTERN) {
      return Optional.empty();
    }
    try {
      String text = new MessageFormat(pattern, locale).format(new Object[] {name});
      String lines = ANY_LINE_BREAK.matcher(text).replaceAll("\n").strip();
      boolean usable =
          !lines.isEmpty()
              && !LOOKS_LIKE_ORIGIN.matcher(lines).find()
              && !UNFILLED.matcher(lines).find()
              && Segments.of(lines).count() <= SmsText.MAX_SEGMENTS;
      return usable ? Optional.of(lines) : Optional.empty();
    } catch (RuntimeException unusable) {
      // Mostly IllegalArgumentException, but an empty choice, for one, ends beside its array
      return Optional.empty();
    }
  }
}
