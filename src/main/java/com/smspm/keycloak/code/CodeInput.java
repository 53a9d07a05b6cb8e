package com.smspm.keycloak.code;

import java.util.Optional;

/**
 * What somebody typed as a code. People separate digits by spaces and hyphens, and type them in the
 * digits of their own script; all of that is the same code.
 */
public final class CodeInput {

  /** Longer than any code with a separator after each digit; the rest is not looked at. */
  private static final int MAX_INPUT = 64;

  private final boolean empty;
  private final String digits;

  private CodeInput(boolean empty, String digits) {
    this.empty = empty;
    this.digits = digits;
  }

  /** Reads the input, which may be null, blank, huge or anything else. */
  public static CodeInput of(String input) {
    if (input == null || input.isBlank()) {
      return new CodeInput(true, null);
    }
    return new CodeInput(false, input.length() > MAX_INPUT ? null : digitsOf(input));
  }

  /** Nothing was typed. */
  public boolean isEmpty() {
    return empty;
  }

  /** The code, when what was typed is one of this length. */
  public Optional<OneTimeCode> code(int length) {
    return digits != null && digits.length() == length
        ? Optional.of(OneTimeCode.of(digits))
        : Optional.empty();
  }

  private static String digitsOf(String input) {
    StringBuilder ascii = new StringBuilder(input.length());
    int[] codePoints = input.codePoints().toArray();
    for (int codePoint : codePoints) {
      if (Character.isDigit(codePoint)) {
        ascii.append((char) ('0' + Character.digit(codePoint, 10)));
      } else if (!isSeparator(codePoint)) {
        return null;
      }
    }
    return ascii.toString();
  }

  private static boolean isSeparator(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || type == Character.DASH_PUNCTUATION
        || type == Character.FORMAT // invisible direction marks around pasted numbers
        || codePoint == 0x2212; // the mathematical minus sign
  }

  /** Never what was typed. */
  @Override
  public String toString() {
    return "CodeInput[" + (empty ? "empty" : digits == null ? "malformed" : "digits") + "]";
  }
}
