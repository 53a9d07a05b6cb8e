package com.smspm.keycloak.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A text with room for a code: what the messages of all codes of one length have in common, so that
 * it need not be composed for each of them. It holds no code.
 */
public final class PreparedText {

  private final SmsText text;
  private final List<Integer> places;

  private PreparedText(SmsText text, List<Integer> places) {
    this.text = text;
    this.places = List.copyOf(places);
  }

  /**
   * Finds the places of the code by looking where the texts of two codes differ.
   *
   * @param compose makes the text of a code
   * @param length of the codes
   * @return nothing where the text depends on more of a code than its length
   */
  public static Optional<PreparedText> of(int length, Function<String, SmsText> compose) {
    SmsText one = compose.apply("0".repeat(length));
    SmsText other = compose.apply("1".repeat(length));
    List<Integer> places = new ArrayList<>();
    int at = 0;
    while (at < one.text().length() && one.text().length() == other.text().length()) {
      boolean differs = one.text().charAt(at) != other.text().charAt(at);
      if (differs) {
        places.add(at);
      }
      at += differs ? length : 1;
    }
    PreparedText prepared = new PreparedText(one, places);
    return prepared.with("1".repeat(length)).equals(other)
        ? Optional.of(prepared)
        : Optional.empty();
  }

  /**
   * The message with a code.
   *
   * @param code of the length that this was prepared for
   */
  public SmsText with(String code) {
    StringBuilder filled = new StringBuilder(text.text());
    for (int place : places) {
      filled.replace(place, place + code.length(), code);
    }
    return new SmsText(
        filled.toString(), text.segments(), text.candidate(), text.brokenCandidates());
  }
}
