package com.smspm.keycloak.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.message.SmsText.Candidate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which text is sent when a realm has written some of the four itself. */
class OwnTextsTest {

  private static final String LONG = "{0} " + "x".repeat(200);
  private static final String LONGER = "{0} " + "y".repeat(400);
  private static final Candidate FITS = Candidate.standard("{0} is the standard");
  private static final Candidate TOO_LONG = Candidate.standard(LONG);

  @Test
  void anOwnTextTakesThePlaceOfTheStandard() {
    assertThat(sent(own("{0} is ours"), FITS).text()).isEqualTo("012345 is ours");
    assertThat(sent(TOO_LONG, own("{0} is ours"), FITS).text()).isEqualTo("012345 is ours");
  }

  @Test
  void anOwnTextIsSentThoughAShorterStandardWouldFit() {
    SmsText text = sent(own(LONG), FITS);

    assertThat(text.candidate()).hasValue(0);
    assertThat(text.segments().count()).isEqualTo(2);
    assertThat(text.brokenCandidates()).isEmpty();
  }

  @Test
  void aShorterOwnTextMakesRoom() {
    assertThat(sent(own(LONG), FITS, own("{0} is ours")).candidate()).hasValue(2);
    assertThat(sent(own(LONGER), FITS, own(LONG), FITS).candidate()).hasValue(2);
  }

  @Test
  void aStandardBeforeTheFirstOwnTextIsTakenWhereItFits() {
    assertThat(sent(FITS, own("{0} is ours")).candidate()).hasValue(0);
  }

  @Test
  void aBrokenOwnTextMakesRoomForTheStandardOfItsOwnPlace() {
    SmsText text = sent(own("{0} {3}"), Candidate.standard("{0} is shorter"));

    assertThat(text.text()).isEqualTo("012345 is the standard");
    assertThat(text.candidate()).hasValue(0);
    assertThat(text.brokenCandidates()).containsExactly(0);
  }

  @Test
  void aBrokenOwnTextDoesNotEndTheStandards() {
    SmsText text = sent(new Candidate(LONG, Optional.of("no code")), FITS);

    assertThat(text.candidate()).hasValue(1);
    assertThat(text.brokenCandidates()).containsExactly(0);
  }

  @Test
  void aBrokenTextAfterAnOwnOneIsNotReplaced() {
    SmsText text = sent(own(LONG), new Candidate("{0} fits", Optional.of("no code")));

    assertThat(text.candidate()).hasValue(0);
    assertThat(text.brokenCandidates()).containsExactly(1);
  }

  @Test
  void anOwnTextWithANameIsPassedOverWhenThereIsNone() {
    SmsText text =
        SmsText.compose(
            List.of(own("{0} for {1}")), Locale.ENGLISH, "012345", " ", 5, Optional.empty());

    assertThat(text.text()).isEqualTo("012345 is the standard");
    assertThat(text.brokenCandidates()).isEmpty();
  }

  private static Candidate own(String pattern) {
    return new Candidate(FITS.standard(), Optional.of(pattern));
  }

  private static SmsText sent(Candidate... candidates) {
    return SmsText.compose(
        List.of(candidates), Locale.ENGLISH, "012345", "Acme", 5, Optional.empty());
  }
}
