package com.smspm.keycloak.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.smspm.keycloak.code.Challenge.SentCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final CodeKey KEY = key("a realm's key");
  private static final OneTimeCode FIRST = OneTimeCode.of("012345");
  private static final OneTimeCode SECOND = OneTimeCode.of("543210");
  private static final OneTimeCode THIRD = OneTimeCode.of("999999");
  private static final Predicate<String> ALL_SENT = message -> false;

  private final Challenge opened = open(1);
  private final Challenge sent = opened.with(KEY, FIRST, "m1", NOW.getEpochSecond() + 30, ALL_SENT);

  @Test
  void nothingAnswersAChallengeBeforeACodeWasSent() {
    assertThat(opened.codes()).isEmpty();
    assertThat(opened.isAnsweredBy(KEY, FIRST)).isFalse();
  }

  @Test
  void theCodeThatWasSentIsTheAnswer() {
    assertThat(sent.isAnsweredBy(KEY, FIRST)).isTrue();
    assertThat(sent.isAnsweredBy(KEY, SECOND)).isFalse();
  }

  @Test
  void theIdHas128RandomBits() {
    assertThat(opened.id()).matches("[A-Za-z0-9_-]{22}").isNotEqualTo(open(2).id());
  }

  @Test
  void afterAResendBothCodesAreGood() {
    Challenge resent = sent.with(KEY, SECOND, "m2", NOW.getEpochSecond() + 90, ALL_SENT);
    assertThat(resent.isAnsweredBy(KEY, FIRST)).isTrue();
    assertThat(resent.isAnsweredBy(KEY, SECOND)).isTrue();
  }

  @Test
  void aThirdCodeTakesThePlaceOfTheOldest() {
    Challenge third =
        sent.with(KEY, SECOND, "m2", NOW.getEpochSecond(), ALL_SENT)
            .with(KEY, THIRD, "m3", NOW.getEpochSecond(), ALL_SENT);
    assertThat(third.codes()).extracting(SentCode::messageId).containsExactly("m2", "m3");
    assertThat(third.isAnsweredBy(KEY, FIRST)).isFalse();
    assertThat(third.isAnsweredBy(KEY, SECOND)).isTrue();
    assertThat(third.isAnsweredBy(KEY, THIRD)).isTrue();
  }

  @Test
  void aCodeThatWasNotSentMakesRoomForTheNextAndTheOneBeforeItStaysGood() {
    Challenge third =
        sent.with(KEY, SECOND, "m2", NOW.getEpochSecond(), ALL_SENT)
            .with(KEY, THIRD, "m3", NOW.getEpochSecond(), "m2"::equals);
    assertThat(third.codes()).extracting(SentCode::messageId).containsExactly("m1", "m3");
    assertThat(third.isAnsweredBy(KEY, FIRST)).isTrue();
    assertThat(third.isAnsweredBy(KEY, SECOND)).isFalse();
    assertThat(third.isAnsweredBy(KEY, THIRD)).isTrue();
  }

  @Test
  void theOldestMakesRoomWhereItWasNotSentItself() {
    Challenge third =
        sent.with(KEY, SECOND, "m2", NOW.getEpochSecond(), ALL_SENT)
            .with(KEY, THIRD, "m3", NOW.getEpochSecond(), "m1"::equals);
    assertThat(third.codes()).extracting(SentCode::messageId).containsExactly("m2", "m3");
  }

  @Test
  void noCodeMakesRoomWhereThereIsRoom() {
    Challenge resent = sent.with(KEY, SECOND, "m2", NOW.getEpochSecond(), "m1"::equals);
    assertThat(resent.codes()).extracting(SentCode::messageId).containsExactly("m1", "m2");
  }

  @Test
  void threeLiveCodesCannotBeMadeUp() {
    List<SentCode> three = new ArrayList<>(sent.codes());
    three.addAll(sent.codes());
    three.addAll(sent.codes());
    assertThatIllegalArgumentException().isThrownBy(() -> copy(sent, three));
  }

  @Test
  void aResendMovesTheWaitAndNeverTheEnd() {
    Challenge resent = sent.with(KEY, SECOND, "m2", NOW.getEpochSecond() + 90, ALL_SENT);
    assertThat(resent.resendAt()).isEqualTo(NOW.getEpochSecond() + 90);
    assertThat(resent.expiresAt()).isEqualTo(opened.expiresAt());
    assertThat(resent.id()).isEqualTo(opened.id());
  }

  @Test
  void aChallengeIsDeadToTheSecond() {
    Instant end = NOW.plusSeconds(300);
    assertThat(sent.isExpired(end.minusMillis(1))).isFalse();
    assertThat(sent.isExpired(end)).isTrue();
    assertThat(sent.secondsLeft(end.minusSeconds(1))).isEqualTo(1);
    assertThat(sent.secondsLeft(end.plusSeconds(5))).isZero();
    assertThat(sent.secondsUntilResend(NOW)).isEqualTo(30);
    assertThat(sent.secondsUntilResend(end)).isZero();
  }

  @Test
  void theRightCodeIsWrongInAnotherChallenge() {
    Challenge other = open(2);
    assertThat(copy(other, sent.codes()).isAnsweredBy(KEY, FIRST)).isFalse();
  }

  @Test
  void theRightCodeIsWrongForAnotherPurposeUserOrNumber() {
    for (Purpose purpose : Purpose.values()) {
      Challenge moved = sent(purpose, "user", "+37256789045");
      assertThat(moved.isAnsweredBy(KEY, FIRST)).isEqualTo(purpose == Purpose.LOGIN);
    }
    assertThat(sent(Purpose.LOGIN, "another", "+37256789045").isAnsweredBy(KEY, FIRST)).isFalse();
    assertThat(sent(Purpose.LOGIN, "", "+37256789045").isAnsweredBy(KEY, FIRST)).isFalse();
    assertThat(sent(Purpose.LOGIN, "user", "+37256789046").isAnsweredBy(KEY, FIRST)).isFalse();
  }

  @Test
  void fieldsThatRunIntoEachOtherGiveAnotherHash() {
    assertThat(KEY.hash(sent(Purpose.LOGIN, "user1", "2"), FIRST))
        .isNotEqualTo(KEY.hash(sent(Purpose.LOGIN, "user", "12"), FIRST));
  }

  @Test
  void anotherRealmKeyOpensNothing() {
    assertThat(sent.isAnsweredBy(key("another realm's key"), FIRST)).isFalse();
  }

  @Test
  void aChallengeIsForItsPurposeUserAndNumberOnly() {
    assertThat(sent.isFor(Purpose.LOGIN, "user", "+37256789045")).isTrue();
    assertThat(sent.isFor(Purpose.RESET, "user", "+37256789045")).isFalse();
    assertThat(sent.isFor(Purpose.LOGIN, "another", "+37256789045")).isFalse();
    assertThat(sent.isFor(Purpose.LOGIN, "user", "+37256789046")).isFalse();
  }

  @Test
  void itShowsNeitherHashesNorNumberNorUser() {
    assertThat(sent).hasToString("Challenge[LOGIN, 1 codes]");
  }

  @Test
  void theNoteHoldsNoCode() {
    assertThat(sent.encode()).doesNotContain(FIRST.digits());
    assertThat(Challenge.decode(sent.encode())).contains(sent);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "|",
        "1||||||||",
        "2|id|LOGIN|user|+372|key|6|1|1",
        "1|id|NOTHING|user|+372|key|6|1|1",
        "1|id|LOGIN|user|+372|key|six|1|1",
        "1|id|LOGIN|user|+372|key|6|1|",
        "1|id|LOGIN|%zz|+372|key|6|1|1",
        "1|id|LOGIN|user|+372|key|6|1|1|hash",
        "1|id|LOGIN|user|+372|key|6|1|1|no base64!|m1",
        "1|id|LOGIN|user|+372|key|6|1|1|aa|m1|aa|m2|aa|m3"
      })
  void aTextThatIsNoChallengeIsNone(String text) {
    assertThat(Challenge.decode(text)).isEmpty();
  }

  @Test
  void aTextBeyondAnyChallengeIsNotTakenApart() {
    String fitting = "1|" + "i".repeat(4096 - 36) + "|LOGIN|user|+372|key|6|1|1|aa|m1";
    assertThat(fitting).hasSizeBetween(4080, 4096);
    assertThat(Challenge.decode(fitting)).isPresent();
    assertThat(Challenge.decode(fitting + "m".repeat(20))).isEmpty();
  }

  private static Challenge open(long seed) {
    return Challenge.open(
        new Seeded(seed), Purpose.LOGIN, "user", "+37256789045", "kid", CodePolicy.DEFAULT, NOW);
  }

  /** The live codes of {@link #sent} under other circumstances. */
  private Challenge sent(Purpose purpose, String user, String number) {
    return new Challenge(
        sent.id(),
        purpose,
        user,
        number,
        sent.keyId(),
        sent.codeLength(),
        sent.expiresAt(),
        sent.resendAt(),
        sent.codes());
  }

  private static Challenge copy(Challenge challenge, List<SentCode> codes) {
    return new Challenge(
        challenge.id(),
        challenge.purpose(),
        challenge.userId(),
        challenge.number(),
        challenge.keyId(),
        challenge.codeLength(),
        challenge.expiresAt(),
        challenge.resendAt(),
        codes);
  }

  private static CodeKey key(String secret) {
    return CodeKey.derivedFrom(
        new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
  }
}
