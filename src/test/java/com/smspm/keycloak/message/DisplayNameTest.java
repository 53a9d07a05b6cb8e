package com.smspm.keycloak.message;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DisplayNameTest {

  private static final String FAMILY = "👨\u200d👩\u200d👧\u200d👦";

  @Test
  void aNameOfTwentyIsLeftAsItIs() {
    assertThat(DisplayName.of("Acme Ltd. & Partners")).isEqualTo("Acme Ltd. & Partners");
  }

  @Test
  void aLongerNameIsCut() {
    assertThat(DisplayName.of("Acme Ltd. & Partners Inc.")).isEqualTo("Acme Ltd. & Partners");
    assertThat(DisplayName.of("x".repeat(100_000))).isEqualTo("x".repeat(20));
    assertThat(DisplayName.of("nineteen characters and more")).isEqualTo("nineteen characters");
  }

  @Test
  void whatAReaderTakesForOneCharacterIsNotSplit() {
    assertThat(DisplayName.of("x".repeat(13) + FAMILY + "y")).isEqualTo("x".repeat(13) + FAMILY);
    assertThat(DisplayName.of("x".repeat(14) + FAMILY)).isEqualTo("x".repeat(14));
    assertThat(DisplayName.of("x".repeat(19) + "q\u0303")).isEqualTo("x".repeat(19));
    assertThat(DisplayName.of("x".repeat(19) + "😀😀")).isEqualTo("x".repeat(19) + "😀");
  }

  @Test
  void marksThatTurnOrHideTextAreRemoved() {
    assertThat(DisplayName.of("\u202eAc\u0000me\u2066 \u200b\ufeffLtd\u00ad"))
        .isEqualTo("Ac me Ltd");
    assertThat(DisplayName.of("Ac\ud83dme")).isEqualTo("Acme");
  }

  @Test
  void whiteSpaceBecomesOneBlank() {
    assertThat(DisplayName.of("  Acme\r\n\u2028\u00a0\tLtd\u0085 ")).isEqualTo("Acme Ltd");
  }

  @Test
  void lettersAreComposedSoThatTheyStayInTheAlphabet() {
    assertThat(DisplayName.of("Ka\u0308se")).isEqualTo("K\u00e4se");
  }

  @Property
  void everyNameIsOneShortLine(@ForAll String name) {
    String shown = DisplayName.of(name);
    assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(20);
    assertThat(shown).isEqualTo(shown.strip()).doesNotStartWith("@");
    assertThat(shown.codePoints()).noneMatch(Character::isISOControl);
    assertThat(shown.lines().count()).isLessThanOrEqualTo(1);
  }
}
