package com.smspm.keycloak.message;

import static com.smspm.keycloak.message.Segments.Encoding.GSM_7;
import static com.smspm.keycloak.message.Segments.Encoding.UCS_2;
import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.message.Segments.Encoding;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentsTest {

  private static final String EMOJI = "\ud83d\ude00";

  /** The table of 3GPP TS 23.038 §6.2.1 by position, 0x1B being the escape to its extension. */
  private static final int[] DEFAULT_ALPHABET = {
    0x40, 0xA3, 0x24, 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, 0x0A, 0xD8, 0xF8, 0x0D, 0xC5, 0xE5,
    0x394, 0x5F, 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, -1, 0xC6, 0xE6,
    0xDF, 0xC9, 0x20, 0x21, 0x22, 0x23, 0xA4, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2C, 0x2D,
    0x2E, 0x2F, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x3D,
    0x3E, 0x3F, 0xA1, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D,
    0x4E, 0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0xC4, 0xD6, 0xD1,
    0xDC, 0xA7, 0xBF, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D,
    0x6E, 0x6F, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0xE4, 0xF6, 0xF1,
    0xFC, 0xE0
  };

  private static final int[] EXTENSION = {
    0x0C, 0x5E, 0x7B, 0x7D, 0x5C, 0x5B, 0x7E, 0x5D, 0x7C, 0x20AC
  };

  @Test
  void theDefaultAlphabetTakesOneSeptetEach() {
    assertThat(DEFAULT_ALPHABET).hasSize(128);
    for (int c : DEFAULT_ALPHABET) {
      if (c >= 0) {
        assertThat(Segments.of(Character.toString(c)))
            .as("U+%04X", c)
            .isEqualTo(new Segments(GSM_7, 1, 1));
      }
    }
  }

  @Test
  void theExtensionTakesTwoSeptetsEach() {
    for (int c : EXTENSION) {
      assertThat(Segments.of(Character.toString(c)))
          .as("U+%04X", c)
          .isEqualTo(new Segments(GSM_7, 2, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ç", "õ", "š", "ž", "’", "–", "…", "`", "\t", "\u00a0", "\u001b", "я", "中", "á"})
  void oneCharacterOutsideTheAlphabetMakesTheTextUcs2(String character) {
    assertThat(Segments.of("123456 " + character)).isEqualTo(new Segments(UCS_2, 8, 1));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "160, 1", "161, 2", "306, 2", "307, 3", "459, 3", "460, 4"})
  void gsm7TextsHold160SeptetsOr153Each(int length, int segments) {
    assertThat(Segments.of("a".repeat(length))).isEqualTo(new Segments(GSM_7, length, segments));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "70, 1", "71, 2", "134, 2", "135, 3", "201, 3", "202, 4"})
  void ucs2TextsHold70UnitsOr67Each(int length, int segments) {
    assertThat(Segments.of("я".repeat(length))).isEqualTo(new Segments(UCS_2, length, segments));
  }

  @Test
  void aCharacterOfTwoSeptetsIsNotSplit() {
    String endsOnTheEdge = "a".repeat(152) + "€" + "a".repeat(152);
    assertThat(Segments.of(endsOnTheEdge)).isEqualTo(new Segments(GSM_7, 306, 3));
    assertThat(Segments.of("a".repeat(151) + "€" + "a".repeat(153)))
        .isEqualTo(new Segments(GSM_7, 306, 2));
  }

  @Test
  void aSurrogatePairIsNotSplit() {
    assertThat(Segments.of("я".repeat(66) + EMOJI + "я".repeat(66)))
        .isEqualTo(new Segments(UCS_2, 134, 3));
    assertThat(Segments.of("я".repeat(65) + EMOJI + "я".repeat(67)))
        .isEqualTo(new Segments(UCS_2, 134, 2));
    assertThat(Segments.of(EMOJI.repeat(35))).isEqualTo(new Segments(UCS_2, 70, 1));
  }

  @Property
  void everyTextIsCountedAsWhenItIsReallyCutIntoParts(@ForAll("texts") String text) {
    assertThat(Segments.of(text)).isEqualTo(counted(text));
  }

  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<String> gsm =
        Arbitraries.integers()
            .between(0, 137)
            .filter(i -> i != 0x1B)
            .map(i -> Character.toString(i < 128 ? DEFAULT_ALPHABET[i] : EXTENSION[i - 128]))
            .list()
            .ofMaxSize(500)
            .map(characters -> String.join("", characters));
    Arbitrary<String> edges =
        Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just("a".repeat(30))),
                Tuple.of(2, Arbitraries.of("€", "{", "a", "\n")),
                Tuple.of(1, Arbitraries.of("я", EMOJI, "\ud83d", "\ude00")))
            .list()
            .ofMaxSize(40)
            .map(pieces -> String.join("", pieces));
    return Arbitraries.oneOf(gsm, edges, Arbitraries.strings().all().ofMaxLength(300));
  }

  /** Cuts the text into its parts, the slow way. */
  private static Segments counted(String text) {
    List<Integer> widths = new ArrayList<>();
    Encoding encoding = GSM_7;
    for (int c : text.codePoints().toArray()) {
      int septets = contains(EXTENSION, c) ? 2 : contains(DEFAULT_ALPHABET, c) ? 1 : 0;
      if (septets == 0) {
        encoding = UCS_2;
      }
      widths.add(septets);
    }
    if (encoding == UCS_2) {
      widths = text.codePoints().mapToObj(Character::charCount).toList();
    }
    int units = widths.stream().mapToInt(Integer::intValue).sum();
    if (units <= (encoding == GSM_7 ? 160 : 70)) {
      return new Segments(encoding, units, 1);
    }
    List<List<Integer>> parts = new ArrayList<>(List.of(new ArrayList<>()));
    for (int width : widths) {
      List<Integer> last = parts.get(parts.size() - 1);
      int full = last.stream().mapToInt(Integer::intValue).sum();
      if (full + width > (encoding == GSM_7 ? 153 : 67)) {
        last = new ArrayList<>();
        parts.add(last);
      }
      last.add(width);
    }
    return new Segments(encoding, units, parts.size());
  }

  private static boolean contains(int[] table, int c) {
    for (int entry : table) {
      if (entry == c) {
        return true;
      }
    }
    return false;
  }
}
