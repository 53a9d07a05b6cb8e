package com.smspm.keycloak.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** What holds for every input, however odd. */
class NumberPolicyPropertyTest {

  private static final NumberPolicy EVERYTHING = Policies.allowing(true, true);

  @Property
  void noInputMakesACheckThrow(@ForAll("anyText") String input, @ForAll("anyText") String country) {
    assertThat(EVERYTHING.check(input, country)).isNotNull();
  }

  @Property(tries = 5000)
  void whatIsAcceptedIsE164AndAcceptedAgain(
      @ForAll("nearlyNumbers") String input, @ForAll("countries") String country) {
    NumberCheck check = EVERYTHING.check(input, country);
    Statistics.label("accepted")
        .collect(check instanceof NumberCheck.Accepted)
        .coverage(seen -> seen.check(true).percentage(share -> share > 1));
    if (check instanceof NumberCheck.Accepted accepted) {
      PhoneNumber number = accepted.number();
      assertThat(number.e164()).matches("\\+[1-9][0-9]{6,14}");
      assertThat(EVERYTHING.check(number)).isEqualTo(accepted);
      assertThat(EVERYTHING.check(number.e164(), null)).isEqualTo(accepted);
      assertThat(EVERYTHING.check(number.e164(), country)).isEqualTo(accepted);
      assertThat(Countries.countryOf(number)).isPresent();
    }
  }

  @Property
  void whatIsWrittenBetweenTheDigitsDoesNotMatter(
      @ForAll("separators") String first, @ForAll("separators") String second) {
    assertThat(EVERYTHING.check("+372" + first + "5678" + second + "9045", null))
        .isEqualTo(NumberCheck.accepted(new PhoneNumber("+37256789045")));
  }

  @Property
  void aStoredNumberIsJudgedWithoutThrowing(@ForAll("e164") String e164) {
    assertThat(EVERYTHING.check(new PhoneNumber(e164))).isNotNull();
  }

  /** Its digits as they stand and what they are read as must be one number. */
  @Property(tries = 5000)
  void aStoredNumberIsAcceptedExactlyWhenItIsWhatItsDigitsAreReadAs(
      @ForAll("nearlyInUse") String e164) {
    NumberCheck stored = EVERYTHING.check(new PhoneNumber(e164));
    NumberCheck same = NumberCheck.accepted(new PhoneNumber(e164));
    Statistics.label("accepted")
        .collect(stored.equals(same))
        .coverage(seen -> seen.check(true).percentage(share -> share > 5));
    assertThat(stored.equals(same)).isEqualTo(EVERYTHING.check(e164, null).equals(same));
  }

  @Property
  void aMaskedNumberShowsItsLastThreeDigitsAtMost(@ForAll("e164") String e164) {
    String hiddenAndEnd = new PhoneNumber(e164).masked().split(" ?•••• ", 2)[1];
    assertThat(hiddenAndEnd).matches("[0-9]{2,3}");
    assertThat(e164).endsWith(hiddenAndEnd);
  }

  @Example
  void aHugeInputIsRefusedAtOnce() {
    String huge = "+372 ".repeat(20_000);
    long start = System.nanoTime();
    for (int i = 0; i < 100_000; i++) {
      EVERYTHING.check(huge, huge);
    }
    // A single look at each character would take a hundred times as long
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    assertThat(EVERYTHING.check(huge, huge))
        .isEqualTo(NumberCheck.refused(NumberRefusal.NOT_A_NUMBER));
  }

  @Provide
  static Arbitrary<String> anyText() {
    Arbitrary<Character> anyUnit =
        Arbitraries.integers().between(0, Character.MAX_VALUE).map(i -> (char) i.intValue());
    Arbitrary<String> units = anyUnit.list().ofMaxSize(80).map(NumberPolicyPropertyTest::text);
    Arbitrary<String> huge =
        Arbitraries.integers().between(1, 10_000).map("٣+ (0)x\ud83d ab"::repeat);
    return Arbitraries.frequencyOf(
            Tuple.of(8, units), Tuple.of(1, huge), Tuple.of(4, nearlyNumbers()))
        .injectNull(0.02);
  }

  @Provide
  static Arbitrary<String> nearlyNumbers() {
    Arbitrary<String> start =
        Arbitraries.of(
            "", "+", "00", "011", "+372", "+49 (0)", "+1 ", "+44", "+39 0", "+54 9", "tel:", "0",
            "8", "+52 1", "+55 0", "+7", "\u202a+");
    Arbitrary<String> rest =
        Arbitraries.strings()
            .withChars("0123456789")
            .withChars(" ()-./٣５xX#*,;\u00a0\u200e")
            .ofMaxLength(18);
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMinLength(4).ofMaxLength(13);
    return Combinators.combine(start, Arbitraries.oneOf(digits, rest)).as(String::concat);
  }

  @Provide
  static Arbitrary<String> countries() {
    return Arbitraries.of(
            "EE", "US", "DE", "GB", "IT", "AR", "MX", "BR", "RU", "CN", "JP", "FR", "FI", "ZZ", "")
        .injectNull(0.1);
  }

  @Provide
  static Arbitrary<String> separators() {
    return Arbitraries.strings()
        .withChars(" \t\u00a0\u2009-\u2013\u2014./()\u200e\u202c\u2066~")
        .ofMaxLength(20);
  }

  @Provide
  static Arbitrary<String> e164() {
    return Combinators.combine(
            Arbitraries.of(
                Set.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "372", "690", "247")),
            Arbitraries.strings().numeric().ofMinLength(6).ofMaxLength(12))
        .as((start, rest) -> "+" + start + rest);
  }

  /** Numbers of all countries, of each kind that may receive a code, with some digits changed. */
  @Provide
  static Arbitrary<String> nearlyInUse() {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    List<String> examples =
        numbers.getSupportedRegions().stream()
            .sorted()
            .flatMap(
                iso ->
                    Stream.of(
                            PhoneNumberType.MOBILE,
                            PhoneNumberType.FIXED_LINE,
                            PhoneNumberType.VOIP)
                        .map(kind -> numbers.getExampleNumberForType(iso, kind)))
            .filter(Objects::nonNull)
            .map(example -> numbers.format(example, PhoneNumberFormat.E164))
            .toList();
    Arbitrary<String> end = Arbitraries.strings().numeric().ofMinLength(0).ofMaxLength(7);
    return Combinators.combine(Arbitraries.of(examples), Arbitraries.of(0, 0, 0, 1), end)
        .as((example, shorter, last) -> cut(example, last.length() + shorter) + last)
        .filter(it -> PhoneNumber.ofE164(it).isPresent());
  }

  private static String cut(String text, int characters) {
    return text.substring(0, Math.max(0, text.length() - characters));
  }

  private static String text(List<Character> units) {
    StringBuilder text = new StringBuilder();
    units.forEach(text::append);
    return text.toString();
  }
}
