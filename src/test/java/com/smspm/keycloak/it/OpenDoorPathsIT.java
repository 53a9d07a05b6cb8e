package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.openqa.selenium.Keys;

/** Phone login and reset with the keyboard alone: with JavaScript, and without. */
@KeycloakIntegrationTest(config = TestServer.class)
class OpenDoorPathsIT {

  private static final String FLOW = "open door paths";

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = PagesRealm.class)
  ManagedRealm realm;

  @BeforeEach
  void theFlows() {
    // Who logs in with a password would be asked whether the number is still theirs
    TestFlows.configureRealm(
        realm.admin(), Map.of("defaultCountry", "EE", "perAddressHour", "10000"));
    if (realm.admin().flows().getFlows().stream().noneMatch(it -> FLOW.equals(it.getAlias()))) {
      OpenDoors.loginByPhone(
          realm.admin(), FLOW, Map.of("acceptUsername", "true"), OpenDoors.PASSWORD_ONLY);
      OpenDoors.resetBySms(realm.admin(), FLOW + " reset", Map.of());
    }
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void aNumberAWrongCodeAndTheRightOne(boolean scripts) {
    BROWSER.scripts(scripts);
    TestUser user = TestUser.withNumber(realm.admin());
    BROWSER.go(TestBrowser.authorization());
    focusIsOn("#phoneNumber");
    enterNumber("");
    assertThat(BROWSER.text("#smspm-number-error")).contains("username or your mobile number");

    enterNumber(user.number());
    assertThat(BROWSER.text("#smspm-lead")).contains("belongs to an account");
    focusIsOn("#code");
    BROWSER.enterCode(TestUser.wrong(user.code(1)));
    assertThat(BROWSER.text("#smspm-code-error")).contains("4 attempts");
    BROWSER.find("#code").sendKeys(user.code(1).substring(0, 5));
    BROWSER.leave(
        () ->
            BROWSER
                .tabTo("#smspm-code-form .smspm-actions button:first-child")
                .sendKeys(Keys.SPACE));
    BROWSER.enterCode(user.code(1));

    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void aUsernameAndThePassword(boolean scripts) {
    BROWSER.scripts(scripts);
    TestUser user = TestUser.withNumber(realm.admin());
    BROWSER.go(TestBrowser.authorization());
    enterNumber(user.name());

    assertThat(BROWSER.find("#username").getAttribute("value")).isEqualTo(user.name());
    BROWSER.leave(() -> BROWSER.find("#password").sendKeys(TestUser.PASSWORD, Keys.ENTER));

    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void aForgottenPassword(boolean scripts) {
    BROWSER.scripts(scripts);
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    BROWSER.go(TestBrowser.authorization());
    BROWSER.leave(() -> BROWSER.tabTo("a.smspm-forgot").sendKeys(Keys.ENTER));
    BROWSER.leave(() -> BROWSER.find("#username").sendKeys(user.name(), Keys.ENTER));
    assertThat(BROWSER.text("#smspm-lead")).contains("If there is such an account");
    focusIsOn("#code");
    BROWSER.enterCode(user.code(1));

    BROWSER.find("#password-new").sendKeys("a new one");
    BROWSER.leave(() -> BROWSER.find("#password-confirm").sendKeys("a new one", Keys.ENTER));

    assertThat(BROWSER.text("main")).contains("has been updated");
  }

  private static void enterNumber(String number) {
    BROWSER.leave(() -> BROWSER.find("#phoneNumber").sendKeys(number, Keys.ENTER));
  }

  /** A browser sets it with its next picture. */
  private static void focusIsOn(String selector) {
    BROWSER.await(
        it -> (boolean) it.run("return document.activeElement.matches(arguments[0])", selector));
  }
}
