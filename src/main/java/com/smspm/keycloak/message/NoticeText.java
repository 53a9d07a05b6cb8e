package com.smspm.keycloak.message;

import java.text.MessageFormat;
import java.util.List;
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
   * @param own what the realm says instead, where that is another text
   * @param names what the realm can be called, the best first; each is cut to 20 characters, and to
   *     one line without marks that could forge an origin
   * @param host what the realm is called where no name fits, as short as it has to be; a host's
   *     name fits every language's text
   * @return nothing where neither can be used. The standard takes one segment, with the first name
   *     that lets it: one letter that GSM-7 does not have would make two of it. An own text is sent
   *     with the first name, and may take up to ten.
   */
  public static Optional<String> compose(
      String standard,
      Optional<String> own,
      Locale locale,
      List<String> names,
      Optional<String> host) {
    List<String> shown =
        Stream.concat(
                names.stream().map(DisplayName::of),
                host.stream().flatMap(NoticeText::suffixes).map(DisplayName::clean))
            .filter(name -> !name.isEmpty())
            .toList();
    String best = shown.isEmpty() ? "" : shown.get(0);
    return own.filter(it -> !it.equals(standard))
        .flatMap(pattern -> format(pattern, locale, best))
        .or(() -> single(standard, locale, shown))
        .or(() -> Optional.ofNullable(standard).flatMap(it -> format(it, locale, best)));
  }

  private static Optional<String> single(String standard, Locale locale, List<String> names) {
    return names.stream()
        .flatMap(
            name -> Optional.ofNullable(standard).flatMap(it -> format(it, locale, name)).stream())
        .filter(text -> Segments.of(text).isSingle())
        .findFirst();
  }

  /** {@code login.acme.example}, then {@code acme.example}; in the end its last 20 characters. */
  private static Stream<String> suffixes(String host) {
    Stream<String> whole =
        Stream.iterate(
            host,
            it -> it.indexOf('.') > 0 && it.indexOf('.') < it.lastIndexOf('.'),
            it -> it.substring(it.indexOf('.') + 1));
    String[] labels = host.split("\\.");
    String shortest =
        labels.length < 2 ? host : labels[labels.length - 2] + "." + labels[labels.length - 1];
    int from = Math.max(0, shortest.length() - DisplayName.MAX_LENGTH);
    return Stream.concat(whole, Stream.of(shortest, shortest.substring(from)));
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
