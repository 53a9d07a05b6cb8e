package com.smspm.keycloak.message;

/**
 * What a text costs: how it is encoded and in how many segments it travels (3GPP TS 23.038 §6.2 for
 * the alphabet, TS 23.040 §9.2.3.24 for joined messages).
 *
 * @param gsm7 whether the GSM 7-bit default alphabet suffices; else it is UCS-2
 * @param units septets, or UTF-16 units
 * @param count segments; an empty text is one
 */
public record Segments(boolean gsm7, int units, int count) {

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** Two septets each. */
  private static final String EXTENSION = "^{}[]\\|~€\f";

  private static final int GSM_SINGLE = 160;
  private static final int GSM_JOINED = 153;
  private static final int UCS_SINGLE = 70;
  private static final int UCS_JOINED = 67;

  /** Counts a text. */
  public static Segments of(String text) {
    boolean gsm7 = text.chars().allMatch(unit -> septets(unit) > 0);
    int units = gsm7 ? text.chars().map(Segments::septets).sum() : text.length();
    int single = gsm7 ? GSM_SINGLE : UCS_SINGLE;
    return new Segments(gsm7, units, units <= single ? 1 : joined(text, gsm7));
  }

  /** A character of two units is never split between segments. */
  private static int joined(String text, boolean gsm7) {
    int limit = gsm7 ? GSM_JOINED : UCS_JOINED;
    int count = 1;
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int chars = Character.charCount(text.codePointAt(i));
      int size = gsm7 ? septets(text.charAt(i)) : chars;
      if (used + size > limit) {
        count++;
        used = 0;
      }
      used += size;
      i += chars;
    }
    return count;
  }

  private static int septets(int unit) {
    if (BASIC.indexOf(unit) >= 0) {
      return 1;
    }
    return EXTENSION.indexOf(unit) >= 0 ? 2 : 0;
  }
}
