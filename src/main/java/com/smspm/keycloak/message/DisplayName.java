package com.smspm.keycloak.message;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the name of an application or realm fit for a message. */
final class DisplayName {

  /** Names longer than this are cut, so that the default texts fit one segment, in code points. */
  static final int MAX_LENGTH = 20;

  /** What is looked at of a name, in UTF-16 units; no name needs more to fill its 20 characters. */
  private static final int MAX_INPUT = 400;

  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

  /**
   * Marks that turn the direction of what follows, the code included; lone halves of surrogate
   * pairs, which no encoding can carry; and what is not seen at all. The two joiners stay: scripts
   * and emoji need them.
   */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Cs}&&[^\\u200c\\u200d]]");

  /** A name at the beginning of a line must not make it look like an origin. */
  private static final Pattern LEADING_ORIGIN = Pattern.compile("^[@＠\\s\\p{Cf}]+");

  /** What a reader takes for one character; the JDK's BreakIterator splits emoji before Java 20. */
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  private DisplayName() {}

  /** One line of at most 20 code points, composed (which keeps ä in GSM-7); may be empty. */
  static String of(String name) {
    return cut(clean(name)).strip();
  }

  /** One line without marks that could mislead, of any length up to 400. */
  static String clean(String name) {
    String bounded = name.length() > MAX_INPUT ? name.substring(0, MAX_INPUT) : name;
    String visible = UNSEEN.matcher(BLANK.matcher(bounded).replaceAll(" ")).replaceAll("");
    String composed = Normalizer.normalize(visible, Normalizer.Form.NFC);
    return LEADING_ORIGIN.matcher(composed).replaceFirst("").strip();
  }

  private static String cut(String name) {
    StringBuilder cut = new StringBuilder();
    int length = 0;
    Matcher character = CHARACTER.matcher(name);
    while (character.find()) {
      length += character.group().codePointCount(0, character.group().length());
      if (length > MAX_LENGTH) {
        break;
      }
      cut.append(character.group());
    }
    return cut.toString();
  }
}
