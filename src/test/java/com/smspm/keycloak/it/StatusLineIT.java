package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import com.smspm.keycloak.simulator.Behaviour.Answer;
import com.smspm.keycloak.simulator.Message;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** The page tells by itself what becomes of its message. */
@KeycloakIntegrationTest(config = TestServer.class)
class StatusLineIT {

  private static final String LINE = "#smspm-delivery";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Two seconds between two questions, and what a busy machine takes for the answer. */
  private static final Duration SOON = Duration.ofSeconds(10);

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  private static final StatusScript PAGE = new StatusScript(BROWSER);

  @AfterEach
  void goOnAsUsual() {
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    PAGE.goOnAsUsual();
    OpenDoors.bindBrowser(realm.admin(), "browser with SMS");
  }

  @Test
  void itGoesFromSendingToDeliveredWithoutALoad() {
    TestServer.SIMULATOR.behave(new Behaviour(Answer.DOCUMENTS, 3_000));
    TestUser user = TestUser.withNumber(realm.admin());
    BROWSER.signIn(user);
    assertThat(PAGE.line()).contains("being sent");
    assertThat(BROWSER.find(LINE).getAttribute("role")).isEqualTo("status");
    BROWSER.run("window.theSamePage = true");

    Message message = TestServer.SIMULATOR.awaitMessagesTo(user.number(), 1, PATIENCE).get(0);
    long taken = System.nanoTime();
    PAGE.await("on its way");
    assertThat(since(taken)).isLessThan(SOON);

    DeliveryApi.report(message, "POST", "delivered");
    long reported = System.nanoTime();
    PAGE.await("has arrived");
    assertThat(since(reported)).isLessThan(SOON);

    assertThat(BROWSER.run("return window.theSamePage")).isEqualTo(true);
    assertThat(PAGE.path()).isEqualTo("");
  }

  @Test
  void whereSendingFailedAnotherMessageAndOtherWaysAreOfferedAtOnce() {
    TestServer.SIMULATOR.behave(new Behaviour(Answer.LOW_BALANCE, 1_500));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    BROWSER.signIn(user);
    assertThat(BROWSER.run("return document.querySelector('[name=resend]').disabled"))
        .isEqualTo(true);

    PAGE.await("could not send");
    assertThat(BROWSER.run("return document.querySelector('[name=resend]').disabled"))
        .isEqualTo(false);
    assertThat(BROWSER.text("#smspm-lead")).isEmpty();
    assertThat(BROWSER.text("#smspm-named-ways")).isEqualTo("Authenticator Application");
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);

    BROWSER.press("[name=resend]");
    PAGE.await("on its way");

    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void anotherWayIsOneClickAway() {
    TestServer.SIMULATOR.behave(new Behaviour(Answer.LOW_BALANCE, 0));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    BROWSER.signIn(user);
    PAGE.await("could not send");

    BROWSER.press("#smspm-named-ways button");

    BROWSER.find("#otp").sendKeys(TestFactors.totpCode());
    BROWSER.press("#kc-login");
    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"PHONE_LOGIN", "RESET"})
  void whereNobodyIsIdentifiedItIsBeingSentWhateverBecomesOfIt(ErrorDoor door) {
    theOpenDoors();
    door.bind(realm.admin());
    PAGE.before(StatusScript.HASTE);
    String number = door.open(BROWSER, realm.admin(), () -> {});
    Message message = TestServer.SIMULATOR.awaitMessagesTo(number, 1, PATIENCE).get(0);
    DeliveryApi.report(message, "POST", "delivered");
    assertNothingCanBeLearnt();

    BROWSER.go(BROWSER.driver().getCurrentUrl());

    assertNothingCanBeLearnt();
  }

  private static void assertNothingCanBeLearnt() {
    assertThat(PAGE.line()).isEqualTo("The message is being sent…");
    assertThat(BROWSER.html())
        .doesNotContain("/smspm/status/", "smspm-status.", "may take a while", "has arrived");
    // Fifty times as fast the script would have begun long ago
    assertThat(PAGE.pauses()).isEmpty();
    assertThat(PAGE.questions()).isEmpty();
  }

  private void theOpenDoors() {
    if (realm.admin().flows().getFlows().stream()
        .noneMatch(it -> ErrorDoor.PHONE_FLOW.equals(it.getAlias()))) {
      OpenDoors.loginByPhone(realm.admin(), ErrorDoor.PHONE_FLOW);
      OpenDoors.resetBySms(realm.admin(), "status line reset", Map.of());
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
