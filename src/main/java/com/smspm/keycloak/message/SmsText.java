package com.smspm.keycloak.message;

import java.net.IDN;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text of a message with a code.
 *
 * <p>Its last line binds the code to the host that asked for it ({@code @host #code}, WICG
 * "Origin-bound one-time codes delivered via SMS"), so that a browser offers it there and nowhere
 * else.
 *
 * @param text the whole message; a secret
 * @param segments what it costs
 * @param brokenCandidates how many candidates could not be used as they are
 */
public record SmsText(String text, Segments segments, int brokenCandidates) {

  private static final int LONGEST_NAME = 20;
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final int LONGEST_HOST = 253;

  /**
   * Builds the first candidate that fits into one segment together with the last line; the last one
   * that can be used, when none fits.
   *
   * @param candidates patterns for {@link MessageFormat}, the best first: {@code {0}} is the code,
   *     {@code {1}} the name, {@code {2}} the minutes. One that cannot be formatted, lacks the
   *     code, or could be taken for a last line of its own is passed over
   * @param name of the realm or application; cut to 20 characters of one line
   * @param host that the browser shows; a value that is no host name gives no last line
   */
  public static SmsText compose(
      List<String> candidates,
      Locale locale,
      String code,
      String name,
      long minutes,
      Optional<String> host) {
    String lastLine = host.flatMap(SmsText::asciiHost).map(h -> "\n@" + h + " #" + code).orElse("");
    Object[] values = {code, oneLine(name), minutes};
    int broken = 0;
    String longest = null;
    for (String candidate : candidates) {
      Optional<String> text = format(candidate, locale, values, code);
      if (text.isEmpty()) {
        broken++;
        continue;
      }
      longest = text.get() + lastLine;
      if (Segments.of(longest).count() == 1) {
        break;
      }
    }
    String text = longest == null ? code + lastLine : longest;
    return new SmsText(text, Segments.of(text), broken);
  }

  private static Optional<String> format(
      String candidate, Locale locale, Object[] values, String code) {
    try {
      String text = new MessageFormat(candidate, locale).format(values).strip();
      boolean looksBound = text.lines().anyMatch(line -> line.strip().startsWith("@"));
      return text.contains(code) && !looksBound ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static String oneLine(String name) {
    String line =
        name.codePoints()
            .map(c -> Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c)
            .limit(LONGEST_NAME)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return line.strip();
  }

  private static Optional<String> asciiHost(String host) {
    try {
      String ascii = IDN.toASCII(host.strip()).toLowerCase(Locale.ROOT);
      return ascii.length() <= LONGEST_HOST && HOST.matcher(ascii).matches()
          ? Optional.of(ascii)
          : Optional.empty();
    } catch (IllegalArgumentException noHostName) {
      return Optional.empty();
    }
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "SmsText[" + segments + "]";
  }
}
