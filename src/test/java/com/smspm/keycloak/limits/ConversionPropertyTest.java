package com.smspm.keycloak.limits;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** When messages look as if they were sent for the sake of being paid for. */
class ConversionPropertyTest {

  private static final int MILLION = 1_000_000;

  @Example
  void twentyMessagesAreNeededAndAFifthOfThemIsEnough() {
    assertThat(new Conversion(19, 0).isLow(false)).isFalse();
    assertThat(new Conversion(20, 3).isLow(false)).isTrue();
    assertThat(new Conversion(20, 4).isLow(false)).isFalse();
    assertThat(new Conversion(21, 4).isLow(false)).isTrue();
  }

  @Example
  void numbersInSequenceHalveTheMessagesThatAreNeeded() {
    assertThat(new Conversion(9, 0).isLow(true)).isFalse();
    assertThat(new Conversion(10, 1).isLow(true)).isTrue();
    assertThat(new Conversion(10, 1).isLow(false)).isFalse();
    assertThat(new Conversion(10, 2).isLow(true)).isFalse();
  }

  @Property
  void goodConversionIsNeverSuspiciousWhateverTheSign(
      @ForAll @IntRange(max = MILLION) int messages,
      @ForAll @IntRange(max = MILLION) int more,
      @ForAll boolean inSequence) {
    int aFifth = (messages + 4) / 5;

    assertThat(new Conversion(messages, aFifth + more).isLow(inSequence)).isFalse();
  }

  @Property
  void oneMoreThatIsVerifiedNeverMakesItWorse(
      @ForAll @IntRange(max = MILLION) int messages,
      @ForAll @IntRange(max = MILLION) int verified,
      @ForAll boolean inSequence) {
    if (!new Conversion(messages, verified).isLow(inSequence)) {
      assertThat(new Conversion(messages, verified + 1).isLow(inSequence)).isFalse();
    }
  }

  @Property
  void oneMoreThatIsNotVerifiedNeverMakesItBetter(
      @ForAll @IntRange(max = MILLION) int messages,
      @ForAll @IntRange(max = MILLION) int verified,
      @ForAll boolean inSequence) {
    if (new Conversion(messages, verified).isLow(inSequence)) {
      assertThat(new Conversion(messages + 1, verified).isLow(inSequence)).isTrue();
    }
  }

  @Property
  void whatIsSuspiciousWithoutTheSignIsSoWithIt(
      @ForAll @IntRange(max = 1000) int messages, @ForAll @IntRange(max = 1000) int verified) {
    if (new Conversion(messages, verified).isLow(false)) {
      assertThat(new Conversion(messages, verified).isLow(true)).isTrue();
    }
  }
}
