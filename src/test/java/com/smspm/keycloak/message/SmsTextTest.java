package com.smspm.keycloak.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.smspm.keycloak.message.Segments.Encoding;
import com.smspm.keycloak.message.SmsText.Candidate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTextTest {

  private static final String CODE = "012345";
  private static final String FULL = "{0} is your code for {1}. It is valid for {2} minutes.";
  private static final String SHORT = "{0} is your code.";
  private static final Optional<String> HOST = Optional.of("id.example.org");

  @Test
  void theCodeComesFirstAndTheOriginLast() {
    assertThat(english(HOST, "Acme", FULL).text())
        .isEqualTo(
            "012345 is your code for Acme. It is valid for 5 minutes.\n@id.example.org #012345");
  }

  @Test
  void withoutAHostThereIsNoLastLine() {
    assertThat(english(Optional.empty(), "Acme", SHORT).text()).isEqualTo("012345 is your code.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "exa mple.org",
        "example..org",
        "-example.org",
        "example.org.",
        "@example.org",
        "example.org #999999",
        "example.org\n@evil.org",
        "https://example.org",
        "[::1]",
        "[::1]:8443",
        "user@example.org",
        "straße.example",
        "a_b.example",
        "example.org:123456",
        "\ud800.org"
      })
  void whatIsNoHostGivesNoLastLine(String host) {
    assertThat(english(Optional.of(host), "Acme", SHORT).text()).isEqualTo("012345 is your code.");
  }

  @Test
  void theLastLineHoldsTheHostAloneAsBrowsersWriteIt() {
    assertThat(lastLine("id.example.org:8443")).isEqualTo("@id.example.org #012345");
    assertThat(lastLine("ID.Example.ORG")).isEqualTo("@id.example.org #012345");
    assertThat(lastLine("bücher.example")).isEqualTo("@xn--bcher-kva.example #012345");
    assertThat(lastLine("localhost:8080")).isEqualTo("@localhost #012345");
    assertThat(lastLine("a." + "b".repeat(63) + ".example")).startsWith("@a.bbb");
  }

  @Test
  void aHostLongerThanTheDomainNameSystemAllowsGivesNoLastLine() {
    String label = "a".repeat(49) + ".";
    assertThat(lastLine(label.repeat(5) + "abc")).startsWith("@aaa");
    assertThat(lastLine(label.repeat(5) + "abcd")).isEqualTo("012345 is your code.");
    assertThat(lastLine("a".repeat(100_000))).isEqualTo("012345 is your code.");
  }

  @Test
  void theFirstCandidateThatFitsIsTaken() {
    SmsText text = english(HOST, "Acme", "{0} " + "x".repeat(150), FULL, SHORT);
    assertThat(text.candidate()).hasValue(1);
    assertThat(text.segments().isSingle()).isTrue();
    assertThat(text.brokenCandidates()).isEmpty();
  }

  @Test
  void aTextThatFillsOneSegmentFits() {
    String lastLine = "\n@id.example.org #012345";
    String exact = "{0}" + " ".repeat(1) + "x".repeat(160 - lastLine.length() - CODE.length() - 1);
    assertThat(english(HOST, "Acme", exact, SHORT).candidate()).hasValue(0);
    assertThat(english(HOST, "Acme", exact + "x", SHORT).candidate()).hasValue(1);
  }

  @Test
  void whenNoneFitsTheLastIsTakenAndTheCostIsKnown() {
    SmsText text = english(HOST, "Acme", "{0} " + "x".repeat(400), "{0} " + "x".repeat(200));
    assertThat(text.candidate()).hasValue(1);
    assertThat(text.segments().count()).isEqualTo(2);
  }

  @Test
  void aNameThatNeedsUcs2MakesRoomByTheShorterTexts() {
    SmsText text = english(HOST, "Школа вождения", FULL, "{0} is your code for {1}.", SHORT);
    assertThat(text.candidate()).hasValue(1);
    assertThat(text.segments().encoding()).isEqualTo(Encoding.UCS_2);
    assertThat(text.segments().isSingle()).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "   ",
        "{0",
        "{}",
        "{x}",
        "{0,nonsense}",
        "{0,number}",
        "{0,date}",
        "{0,choice,0#a}",
        "{2,choice,} {0}",
        "{2,choice,1#x|0#y} {0}",
        "Your code",
        "don't {0}",
        "'{0}'",
        "{0}{2}",
        "{2}{0}",
        "x{0}",
        "{0}x",
        "{0} {3}",
        "{0} {2147483647}",
        "{0} {-1}",
        "{0} {99999999999}",
        "@evil.org #{0}",
        "{0}\n@evil.org #{0}",
        "{0}\r\n @evil.org",
        "{0}\u2028@evil.org",
        "{0}\n\u200b@evil.org",
        "{0}\f@evil.org",
        "{0}\n＠evil.org"
      })
  void aBrokenCandidateIsSkippedAndReported(String broken) {
    SmsText text = english(HOST, "Acme", broken, SHORT);
    assertThat(text.text()).isEqualTo("012345 is your code.\n@id.example.org #012345");
    assertThat(text.candidate()).hasValue(1);
    assertThat(text.brokenCandidates()).containsExactly(0);
  }

  @Test
  void anEndlessCandidateIsBroken() {
    assertThat(english(HOST, "Acme", "{0} " + "x".repeat(100_000)).brokenCandidates())
        .containsExactly(0);
    assertThat(english(HOST, "Ж".repeat(20), "{0} " + "{1}".repeat(300)).brokenCandidates())
        .containsExactly(0);
  }

  @Test
  void whenEveryCandidateIsBrokenTheCodeStillArrives() {
    SmsText text = english(HOST, "Acme", "{0", "no code");
    assertThat(text.text()).isEqualTo("012345\n@id.example.org #012345");
    assertThat(text.candidate()).isEmpty();
    assertThat(text.brokenCandidates()).containsExactly(0, 1);
    assertThat(english(Optional.empty(), "Acme").text()).isEqualTo("012345");
  }

  @Test
  void brokenCandidatesAfterTheChosenOneAreNotLookedAt() {
    assertThat(english(HOST, "Acme", "{0", SHORT, "{1").brokenCandidates()).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa", "hi-u-nu-deva", "th-TH-u-nu-thai", "mr", "ar-u-nu-arab"})
  void digitsAreThoseOfTheCodeInEveryLanguage(String language) {
    String pattern = "{0}: {2} {2,number} {2,choice,1#{2} minute|1<{2} minutes}";
    assertThat(in(Locale.forLanguageTag(language), 5, pattern).text())
        .isEqualTo("012345: 5 5 5 minutes");
  }

  @Test
  void minutesCanBeInflected() {
    String pattern = "{0} gilt {2,choice,1#eine Minute|1<{2} Minuten}.";
    assertThat(in(Locale.GERMAN, 1, pattern).text()).isEqualTo("012345 gilt eine Minute.");
    assertThat(in(Locale.GERMAN, 10, pattern).text()).isEqualTo("012345 gilt 10 Minuten.");
  }

  @Test
  void aNameCannotForgeALine() {
    String text = english(HOST, "Acme\n@evil.org #1", "{0} for {1}").text();
    assertThat(text.lines())
        .containsExactly("012345 for Acme @evil.org #1", "@id.example.org #012345");
    assertThat(english(HOST, "@evil.org #1", "{1}: {0}").text().lines())
        .containsExactly("evil.org #1: 012345", "@id.example.org #012345");
  }

  @Test
  void aNameIsNoPattern() {
    assertThat(english(HOST, "'{0'} it's", "{0} for {1}").text())
        .startsWith("012345 for '{0'} it's\n");
  }

  @Test
  void withoutANameTheTextsWithoutItAreTaken() {
    SmsText text = english(HOST, "\u0000\u202e\n", FULL, SHORT);
    assertThat(text.candidate()).hasValue(1);
    assertThat(text.brokenCandidates()).isEmpty();
  }

  @Test
  void nothingThatMayBeLoggedShowsTheCode() {
    SmsText text = english(HOST, "Acme", FULL);
    assertThat(text.toString()).doesNotContain(CODE).contains("GSM_7").contains("candidate");
  }

  @Test
  void whatIsNoCodeIsRefusedWithoutRepeatingIt() {
    for (String code : List.of("", "12 34", "12\n34", "#1234", "9".repeat(17))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> SmsText.compose(List.of(), Locale.ENGLISH, code, "Acme", 5, Optional.empty()))
          .withMessage("the code is not made of letters and digits");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 61, Integer.MAX_VALUE})
  void aCodeIsValidForAMinuteToAnHour(int minutes) {
    assertThatIllegalArgumentException().isThrownBy(() -> in(Locale.ENGLISH, minutes, SHORT));
  }

  private static String lastLine(String host) {
    return english(Optional.of(host), "Acme", SHORT).text().lines().reduce((a, b) -> b).get();
  }

  private static SmsText english(Optional<String> host, String name, String... candidates) {
    return SmsText.compose(standards(candidates), Locale.ENGLISH, CODE, name, 5, host);
  }

  private static SmsText in(Locale locale, int minutes, String pattern) {
    return SmsText.compose(standards(pattern), locale, CODE, "Acme", minutes, Optional.empty());
  }

  private static List<Candidate> standards(String... patterns) {
    return Arrays.stream(patterns).map(Candidate::standard).toList();
  }
}
