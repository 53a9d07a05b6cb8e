package com.smspm.keycloak.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.SmspmSimulator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.openqa.selenium.support.ui.FluentWait;
import org.testcontainers.lifecycle.Startables;

/** What an admin gets who does no more than to put the jar into {@code providers/}. */
@ParameterizedClass(name = "Keycloak {0}")
@ValueSource(strings = {"26.7.3", "26.5.6", "26.4.7"})
record ShippedJarInProductionIT(String version) {

  private static final String NUMBER = "+37256789045";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Predicate<String> IS_TROUBLE =
      Pattern.compile("^\\S+ \\S+ (WARN|ERROR|FATAL) ").asPredicate();

  /** Keycloak says so of every extension of an SPI that it may change. */
  private static final String INTERNAL_SPI = "KC-SERVICES0047";

  private static SmspmSimulator simulator;
  private static ProductionKeycloak keycloak;
  private static ProductionKeycloak withoutAccount;

  @BeforeParameterizedClassInvocation
  static void start(String version) {
    simulator = SmspmSimulator.start("0.0.0.0", 0);
    keycloak =
        new ProductionKeycloak(
            version,
            Map.of(
                "KC_SPI_SMS_GATEWAY__SMSPM__ENDPOINT",
                "http://host.docker.internal:" + simulator.port(),
                "KC_SPI_SMS_GATEWAY__SMSPM__ALLOW_HTTP",
                "true",
                "KC_SPI_SMS_GATEWAY__SMSPM__HASH",
                "demo-hash",
                "KC_SPI_SMS_GATEWAY__SMSPM__TOKEN",
                "demo-token"));
    withoutAccount = new ProductionKeycloak(version, Map.of());
    Startables.deepStart(keycloak, withoutAccount).join();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    keycloak.stop();
    withoutAccount.stop();
    simulator.close();
  }

  @Test
  void theServerStartsWithNoWarningOfOursButThatInternalSpisAreUsed() {
    assertThat(keycloak.log())
        .anyMatch(line -> line.contains(INTERNAL_SPI) && line.contains("com.smspm.keycloak"));
    assertThat(troubleOfOurs(keycloak)).isEmpty();
  }

  @Test
  void aWrongCodeIsRefusedAndTheRightOneLogsIn() throws IOException {
    try (DemoLogin login = keycloak.login().enterPassword("alice", "alice")) {
      String code = simulator.awaitMessagesTo(NUMBER, 1, PATIENCE).get(0).code();

      login.enterCode(code.equals("000000") ? "000001" : "000000");
      assertThat(login.isAskingForACode()).isTrue();
      assertThat(login.text()).contains("This code is not right. You have 4 attempts left.");

      login.enterCode(code);
      assertThat(login.isBackAtTheApplication()).isTrue();
      assertThat(login.username()).isEqualTo("alice");
    }
    assertThat(troubleOfOurs(keycloak)).isEmpty();
  }

  @Test
  void keycloaksOwnDetectionCountsWrongCodesAndForgetsThemAfterARightOne() throws IOException {
    RealmRepresentation settings = keycloak.realm().toRepresentation();
    settings.setBruteForceProtected(true);
    settings.setFailureFactor(3);
    settings.setQuickLoginCheckMilliSeconds(0L);
    keycloak.realm().update(settings);
    DemoUser locked = DemoUser.create(keycloak.realm());
    DemoUser careful = DemoUser.create(keycloak.realm());

    try (DemoLogin login = keycloak.login().enterPassword(locked.name(), DemoUser.PASSWORD)) {
      String code = locked.code(simulator, 1);
      for (int failures = 1; failures <= 3; failures++) {
        login.enterCode(DemoUser.wrong(code));
        awaitFailures(locked, failures);
      }
      assertThat(locked.bruteForce("disabled")).isEqualTo(true);
      login.enterCode(code);
      assertThat(login.isBackAtTheApplication()).isFalse();
    }
    try (DemoLogin login = keycloak.login().enterPassword(careful.name(), DemoUser.PASSWORD)) {
      String code = careful.code(simulator, 1);
      login.enterCode(DemoUser.wrong(code));
      awaitFailures(careful, 1);
      assertThat(login.enterCode(code).isBackAtTheApplication()).isTrue();
      awaitFailures(careful, 0);
    }
  }

  private static void awaitFailures(DemoUser user, int failures) {
    new FluentWait<>(user)
        .withTimeout(PATIENCE)
        .until(it -> it.bruteForce("numFailures").equals(failures));
  }

  @Test
  void aDeviceCanBeTrustedForSoManyDays() throws IOException {
    DemoFlows.offerTrustedDevices(keycloak.realm());
    DemoUser user = DemoUser.create(keycloak.realm());

    try (DemoLogin login = keycloak.login().enterPassword(user.name(), DemoUser.PASSWORD)) {
      assertThat(login.text()).contains("Do not ask for a code on this device for 30 days");
      assertThat(login.enterCode(user.code(simulator, 1)).isBackAtTheApplication()).isTrue();
    }
    assertThat(troubleOfOurs(keycloak)).isEmpty();
  }

  @Test
  void withoutAnAccountTheServerStartsAndThePageSaysThatNothingWasSent() throws IOException {
    assertThat(troubleOfOurs(withoutAccount)).isEmpty();
    try (DemoLogin login = withoutAccount.login().enterPassword("alice", "alice")) {
      assertThat(login.isAskingForACode()).isTrue();
      new FluentWait<>(login)
          .withTimeout(PATIENCE)
          .until(page -> page.refresh().text().contains("We could not send the message to"));
    }
  }

  private static List<String> troubleOfOurs(ProductionKeycloak server) {
    return server.log().stream()
        .filter(IS_TROUBLE)
        .filter(line -> line.contains("com.smspm.keycloak") && !line.contains(INTERNAL_SPI))
        .toList();
  }
}
