package com.smspm.keycloak.phone;

import java.util.Arrays;
import java.util.Optional;

/**
 * Reduces a number as people write, paste and dictate it to what decides which number it is: ASCII
 * digits, a plus sign before the first of them, and round brackets.
 *
 * <p>libphonenumber would read more than this, but by guessing: it dials letters, cuts off
 * extensions, and skips what it does not understand. A code that reaches a stranger because of a
 * guess is worse than a question on the page.
 */
final class Spelling {

  private static final String PLUSES = "+＋﹢";
  private static final String SEPARATORS = "./~．／·•‧−ー";
  private static final String WRAPPING = "\"'<>,;:|";
  private static final String SCHEME = "tel:"; // RFC 3966 §3

  private Spelling() {}

  /** True when nothing is there but white space and invisible marks. */
  static boolean isBlank(String input) {
    return input.codePoints().allMatch(Spelling::isInvisible);
  }

  /** The reduced spelling, with at least one digit; nothing when it is not a telephone number. */
  static Optional<String> reduce(String input) {
    int[] written = withoutWrapping(input);
    StringBuilder reduced = new StringBuilder(written.length);
    boolean digits = false;
    for (int c : written) {
      if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
        reduced.append((char) ('0' + Character.digit(c, 10)));
        digits = true;
      } else if (PLUSES.indexOf(c) >= 0) {
        if (digits || reduced.indexOf("+") >= 0) {
          return Optional.empty();
        }
        reduced.append('+');
      } else if (Character.getType(c) == Character.START_PUNCTUATION) {
        reduced.append('(');
      } else if (Character.getType(c) == Character.END_PUNCTUATION) {
        reduced.append(')');
      } else if (!isSeparator(c)) {
        return Optional.empty();
      }
    }
    return digits ? Optional.of(reduced.toString()) : Optional.empty();
  }

  /** Without the scheme of a {@code tel:} address and what mail and contact programs put around. */
  private static int[] withoutWrapping(String input) {
    int[] all = input.codePoints().filter(c -> Character.getType(c) != Character.FORMAT).toArray();
    int from = skipWrapping(all, 0);
    if (startsWithScheme(all, from)) {
      from = skipWrapping(all, from + SCHEME.length());
    }
    int to = all.length;
    while (to > from && isWrapping(all[to - 1])) {
      to--;
    }
    return Arrays.copyOfRange(all, from, to);
  }

  private static int skipWrapping(int[] text, int from) {
    int i = from;
    while (i < text.length && isWrapping(text[i])) {
      i++;
    }
    return i;
  }

  private static boolean startsWithScheme(int[] text, int from) {
    if (text.length - from < SCHEME.length()) {
      return false;
    }
    return new String(text, from, SCHEME.length()).equalsIgnoreCase(SCHEME);
  }

  private static boolean isWrapping(int c) {
    return WRAPPING.indexOf(c) >= 0
        || isInvisible(c)
        || Character.getType(c) == Character.INITIAL_QUOTE_PUNCTUATION
        || Character.getType(c) == Character.FINAL_QUOTE_PUNCTUATION;
  }

  private static boolean isSeparator(int c) {
    return SEPARATORS.indexOf(c) >= 0
        || isInvisible(c)
        || Character.getType(c) == Character.DASH_PUNCTUATION;
  }

  private static boolean isInvisible(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
