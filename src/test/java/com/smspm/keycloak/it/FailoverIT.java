package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import com.smspm.keycloak.simulator.Behaviour.Answer;
import com.smspm.keycloak.simulator.SmspmSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.server.KeycloakServerConfigBuilder;

/** A second account takes over where the first one cannot send, and only there. */
@KeycloakIntegrationTest(config = FailoverIT.TwoAccounts.class)
class FailoverIT {

  static final SmspmSimulator BACKUP = SmspmSimulator.start(0);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A circuit's pause, and time for some logins. */
  private static final Duration PAUSE = Duration.ofSeconds(60);

  /**
   * As usual, with a second simulator behind the second account, and with room for one message in a
   * call and one in the queue.
   */
  public static class TwoAccounts extends TestServer {

    @Override
    public KeycloakServerConfigBuilder configure(KeycloakServerConfigBuilder server) {
      return super.configure(server)
          .spiOption("sms-gateway", "smspm-backup", "endpoint", BACKUP.endpoint())
          .spiOption("sms-gateway", "smspm-backup", "hash", "demo-hash")
          .spiOption("sms-gateway", "smspm-backup", "token", "demo-token")
          .spiOption("sms-delivery", "default", "gateways", "smspm,mistyped,smspm-backup")
          .spiOption("sms-delivery", "default", "max-concurrent", "1")
          .spiOption("sms-delivery", "default", "queue-size", "1");
    }
  }

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @AfterEach
  void goOnAsUsual() {
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    BACKUP.behave(Behaviour.NORMAL);
  }

  @ParameterizedTest
  @EnumSource(
      value = Answer.class,
      names = {"LOW_BALANCE", "UNAUTHORIZED", "INVALID_SENDER", "TOO_MANY"})
  void whatTheFirstAccountCannotSendTheSecondOneDoes(Answer answer) {
    TestServer.SIMULATOR.behave(new Behaviour(answer, 0));
    TestUser user = TestUser.withNumber(realm.admin());
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      String code = BACKUP.awaitMessagesTo(user.number(), 1, PATIENCE).get(0).code();
      Eventually.holds(() -> DeliveryApi.state(browser.deliveryPath()).equals("accepted"));
      DeliveryApi.report(BACKUP.messagesTo(user.number()).get(0), "POST", "delivered");
      assertThat(DeliveryApi.state(browser.deliveryPath())).isEqualTo("delivered");

      assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    }
    assertThat(user.messages()).isZero();
    assertThat(BACKUP.messagesTo(user.number())).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Answer.class,
      names = {"INVALID_PHONE", "DESTINATION_BLOCKED", "HTML", "NOTHING", "SERVER_ERROR"})
  void aRefusedNumberAndAnUnclearEndAreNotSentASecondTime(Answer answer) {
    TestServer.SIMULATOR.behave(new Behaviour(answer, 0));
    TestUser user = TestUser.withNumber(realm.admin());
    int asked = BACKUP.requests();
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      Eventually.holds(() -> DeliveryApi.state(browser.deliveryPath()).matches("failed|unknown"));
    }
    assertThat(BACKUP.requests()).isEqualTo(asked);
  }

  @Test
  void aGatewayThatIsNotInstalledIsLeftOutAndTheLogSaysSo() {
    assertThat(log()).contains("gateways names mistyped, which is not installed; it is left out");
  }

  @Test
  void aGatewayThatKeepsFailingIsLeftAloneAndFoundAgain() {
    TestServer.SIMULATOR.behave(new Behaviour(Answer.SERVER_ERROR, 0));
    Eventually.holds(() -> sentThrough(BACKUP), PAUSE);
    int asked = TestServer.SIMULATOR.requests();
    assertThat(log()).contains("Gateway smspm (server): open");

    // While it is open nobody asks the first gateway, and everybody gets a code
    for (int i = 0; i < 3; i++) {
      assertThat(sentThrough(BACKUP)).isTrue();
    }
    assertThat(TestServer.SIMULATOR.requests()).isEqualTo(asked);

    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    Eventually.holds(() -> sentThrough(TestServer.SIMULATOR), PAUSE);
    assertThat(log())
        .containsSubsequence(
            "Gateway smspm (server): open",
            "Gateway smspm (server): half open",
            "Gateway smspm (server): closed");
  }

  /** Has one message sent, and says whether this one has it; it is nowhere twice. */
  private boolean sentThrough(SmspmSimulator expected) {
    TestUser user = TestUser.withNumber(realm.admin());
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      Eventually.holds(() -> !DeliveryApi.state(browser.deliveryPath()).equals("queued"));
    }
    assertThat(user.messages() + BACKUP.messagesTo(user.number()).size()).isLessThanOrEqualTo(1);
    return !expected.messagesTo(user.number()).isEmpty();
  }

  static String log() {
    try {
      return Files.readString(TestServer.LOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
