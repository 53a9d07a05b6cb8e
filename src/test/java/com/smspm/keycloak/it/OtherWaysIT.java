package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** The demo realm's flow "SMS or TOTP or recovery code", and looking at one page twice. */
@KeycloakIntegrationTest(config = TestServer.class)
class OtherWaysIT {

  private static final String SMS = "Code by SMS";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserWhoCanChoose() {
    user = TestUser.withNumber(realm.admin(), TestFactors.totp(), TestFactors.recoveryCodes());
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @ParameterizedTest
  @CsvSource({"Authenticator Application, otp", "Recovery Authentication Code, recoveryCodeInput"})
  void anotherWayAndBackSendsNothingAndResetsNothing(String way, String field) {
    browser.signIn(user);
    String code = user.code(1);
    browser.enterCode(TestUser.wrong(code));
    assertThat(browser.text()).contains("4 attempts");

    browser.tryAnotherWay().choose(way);
    assertThat(browser.has(field)).isTrue();
    browser.tryAnotherWay().choose(SMS);

    assertThat(browser.enterCode(TestUser.wrong(code)).text()).contains("3 attempts");
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void anAuthenticatorApplicationLogsInInsteadOfTheCode() {
    browser.signIn(user).tryAnotherWay().choose("Authenticator Application");

    browser.enter(Map.of("otp", TestFactors.totpCode()), "login");

    assertThat(browser.isLoggedIn()).isTrue();
  }

  @Test
  void aRecoveryCodeLogsInInsteadOfTheCode() {
    browser.signIn(user).tryAnotherWay().choose("Recovery Authentication Code");

    browser.enter(Map.of("recoveryCodeInput", TestFactors.RECOVERY_CODE), "login");

    assertThat(browser.isLoggedIn()).isTrue();
  }

  @Test
  void aCodeBySmsIsNoAnswerToAnotherWay() {
    browser.signIn(user);
    String code = user.code(1);

    browser.tryAnotherWay().choose("Recovery Authentication Code");
    browser.enter(Map.of("recoveryCodeInput", code), "login");

    assertThat(browser.isLoggedIn()).isFalse();
  }

  @Test
  void thePageOpenedTwiceIsOnePage() {
    browser.signIn(user);
    String code = user.code(1);
    try (TestBrowser second = browser.sameSession()) {
      second.enterCode(TestUser.wrong(code));
      assertThat(second.text()).contains("4 attempts");

      browser.refresh().enterCode(TestUser.wrong(code));

      assertThat(browser.text()).contains("3 attempts");
      assertThat(second.refresh().enterCode(code).isLoggedIn()).isTrue();
    }
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void theBackButtonSendsNothingAndBringsNoAttemptBack() {
    browser.signIn(user);
    String code = user.code(1);
    browser.enterCode(TestUser.wrong(code));

    // Without JavaScript the page before is a form sent once more; Keycloak says so and leads back
    browser.back().follow("loginContinueLink").enterCode(TestUser.wrong(code));

    assertThat(browser.refresh().enterCode(TestUser.wrong(code)).text()).contains("2 attempts");
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    assertThat(user.messages()).isEqualTo(1);
  }
}
