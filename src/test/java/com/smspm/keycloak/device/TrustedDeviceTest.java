package com.smspm.keycloak.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.device.TrustedDevice.Judgement;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialModel;

class TrustedDeviceTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Duration LIFE = Duration.ofDays(30);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final String ACCOUNT = "password and number";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final DeviceToken token = DeviceToken.fresh(RANDOM);
  private final DeviceToken next = token.renewed(RANDOM);
  private final TrustedDevice device = TrustedDevice.of(token, ACCOUNT, NOW, LIFE);

  @Test
  void itKnowsItsNewestSecret() {
    assertThat(judge(device, token, NOW)).isEqualTo(Judgement.NEWEST);
    assertThat(judge(TrustedDevice.of((CredentialModel) device), token, NOW))
        .isEqualTo(Judgement.NEWEST);
  }

  @Test
  void theSecretBeforeIsGoodForAMinuteAndACopyAfterIt() {
    TrustedDevice renewed = device.renewed(next, NOW);

    assertThat(judge(renewed, next, NOW)).isEqualTo(Judgement.NEWEST);
    assertThat(judge(renewed, token, NOW)).isEqualTo(Judgement.NEARLY_NEWEST);
    assertThat(judge(renewed, token, NOW.plusSeconds(60))).isEqualTo(Judgement.NEARLY_NEWEST);
    assertThat(judge(renewed, token, NOW.plusSeconds(61))).isEqualTo(Judgement.COPY);
  }

  @Test
  void itsFirstUseRenewsItAndThenNoneForAMinute() {
    assertThat(device.isFresh(NOW)).isFalse();
    TrustedDevice renewed = device.renewed(next, NOW);

    assertThat(renewed.isFresh(NOW.plusSeconds(60))).isTrue();
    assertThat(renewed.isFresh(NOW.plusSeconds(61))).isFalse();
  }

  @Test
  void theSecretBeforeTheLastIsACopyAtOnce() {
    TrustedDevice renewed = device.renewed(next, NOW).renewed(next.renewed(RANDOM), NOW);

    assertThat(judge(renewed, token, NOW)).isEqualTo(Judgement.COPY);
  }

  @Test
  void whoDoesNotKnowTheSeriesIsAStrangerAndNoThief() {
    DeviceToken other = DeviceToken.fresh(RANDOM);

    assertThat(judge(device, other, NOW)).isEqualTo(Judgement.STRANGE);
    assertThat(judge(device, new DeviceToken(other.series(), token.secret()), NOW))
        .isEqualTo(Judgement.STRANGE);
  }

  @Test
  void itIsOverAtTheSecondAndUseMakesItNoLonger() {
    TrustedDevice renewed = device.renewed(next, NOW.plus(LIFE).minusSeconds(1));

    assertThat(judge(renewed, next, NOW.plus(LIFE).minusSeconds(1))).isEqualTo(Judgement.NEWEST);
    assertThat(judge(renewed, next, NOW.plus(LIFE))).isEqualTo(Judgement.OVER);
  }

  @Test
  void itIsOverEarlierWhereLessIsAllowedNow() {
    Duration week = Duration.ofDays(7);

    assertThat(device.judge(token, ACCOUNT, NOW.plus(week).minusSeconds(1), week))
        .isEqualTo(Judgement.NEWEST);
    assertThat(device.judge(token, ACCOUNT, NOW.plus(week), week)).isEqualTo(Judgement.OVER);
    assertThat(device.judge(token, ACCOUNT, NOW, Duration.ZERO)).isEqualTo(Judgement.OVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "another password"})
  void anotherPasswordOrNumberEndsIt(String account) {
    assertThat(device.judge(token, account, NOW, LONGEST)).isEqualTo(Judgement.OUTDATED);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{}",
        "{\"series\":null,\"newest\":null}",
        "{\"series\":\"\",\"newest\":\"\",\"account\":\"\"}"
      })
  void whatCannotBeReadIsNobodysDevice(String secrets) {
    CredentialModel broken = new CredentialModel();
    broken.setCredentialData(secrets);
    broken.setSecretData(secrets);

    assertThat(judge(TrustedDevice.of(broken), token, NOW)).isEqualTo(Judgement.STRANGE);
  }

  @Test
  void nothingOfTheTokenIsStored() {
    String stored = device.getSecretData() + device.getCredentialData();

    assertThat(stored).doesNotContain(token.series()).doesNotContain(token.secret());
    assertThat(token.toString()).doesNotContain(token.series()).doesNotContain(token.secret());
  }

  @Test
  void aTokenIsReadAsItWasWritten() {
    assertThat(DeviceToken.parse(token.encode())).contains(token);
    assertThat(next.series()).isEqualTo(token.series());
    assertThat(next.secret()).isNotEqualTo(token.secret());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", ".", "a.b", "é.é"})
  void anythingElseIsNoToken(String cookie) {
    assertThat(DeviceToken.parse(cookie)).isEmpty();
    assertThat(DeviceToken.parse(token.encode() + cookie + "A")).isEmpty();
  }

  private static Judgement judge(TrustedDevice device, DeviceToken token, Instant at) {
    return device.judge(token, ACCOUNT, at, LONGEST);
  }
}
