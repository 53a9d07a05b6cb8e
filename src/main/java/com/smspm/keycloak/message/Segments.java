package com.smspm.keycloak.message;

/**
 * How many short messages a text becomes, which is what it costs. Alphabets: 3GPP TS 23.038 §6.2.1
 * and §6.2.3; sizes: 3GPP TS 23.040 §9.2.3.16, and §9.2.3.24.1 for the six octets that each part of
 * a longer text gives up to be put together again.
 *
 * @param encoding GSM-7 as long as every character is in its alphabet
 * @param units septets or UTF-16 units in the whole text
 * @param count at least 1: an empty text is sent as one message too
 */
public record Segments(Encoding encoding, int units, int count) {

  /** How the characters of a message are written. */
  public enum Encoding {
    /** The GSM default alphabet: units are septets, some characters take two. */
    GSM_7(160, 153),
    /** Everything else: units are UTF-16 units. */
    UCS_2(70, 67);

    private final int alone;
    private final int part;

    /**
     * @param alone units in a text of one segment
     * @param part units in each segment of a text of several
     */
    Encoding(int alone, int part) {
      this.alone = alone;
      this.part = part;
    }
  }

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** Reached through an escape, so these take two septets. */
  private static final String EXTENSION = "\f^{}\\[~]|€";

  /** Septets of every character up to the last of the alphabet; 0 for those that are not in it. */
  private static final byte[] SEPTETS = new byte['€' + 1];

  static {
    BASIC.chars().forEach(c -> SEPTETS[c] = 1);
    EXTENSION.chars().forEach(c -> SEPTETS[c] = 2);
  }

  /** Counts a text. */
  public static Segments of(String text) {
    Encoding encoding = isGsm7(text) ? Encoding.GSM_7 : Encoding.UCS_2;
    int units = 0;
    int parts = 1;
    int inPart = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int width = encoding == Encoding.GSM_7 ? septets((char) c) : Character.charCount(c);
      units += width;
      if (inPart + width > encoding.part) {
        // What takes two units is not split: it moves to the next part as a whole
        parts++;
        inPart = 0;
      }
      inPart += width;
      i += Character.charCount(c);
    }
    return new Segments(encoding, units, units <= encoding.alone ? 1 : parts);
  }

  /** Whether a text of these segments is sent as a single message. */
  public boolean isSingle() {
    return count == 1;
  }

  private static boolean isGsm7(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (septets(text.charAt(i)) == 0) {
        return false;
      }
    }
    return true;
  }

  private static int septets(char c) {
    return c < SEPTETS.length ? SEPTETS[c] : 0;
  }
}
