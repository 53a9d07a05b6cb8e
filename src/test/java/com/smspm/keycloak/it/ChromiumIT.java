package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.openqa.selenium.Keys;

/** Whole logins to the demo application, with a browser that runs scripts. */
@KeycloakIntegrationTest(config = TestServer.class)
class ChromiumIT {

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @Test
  void anApplicationIsReachedByTypingTheCodeAlone() {
    TestUser user = TestUser.withNumber(realm.admin());
    signIn(user);

    BROWSER.find("#code").sendKeys(user.code(1));

    isGreeted(user);
    assertThat(BROWSER.text("#claims"))
        .contains("\"phone_number\": \"" + user.number() + "\"")
        .contains("\"phone_number_verified\": true");
  }

  @Test
  void aNumberIsSetUpInABrowser() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    signIn(user);

    BROWSER.leave(() -> BROWSER.find("#phoneNumber").sendKeys(user.number(), Keys.ENTER));
    BROWSER.find("#code").sendKeys(user.code(1));

    isGreeted(user);
  }

  @Test
  void aPaymentIsConfirmedWithACodeWhereThePasswordWasEnoughToLogIn() {
    TestUser user = TestUser.withNumber(realm.admin());
    BROWSER.go(DemoRealm.APPLICATION + "?client=demo-step-up");
    enterThePassword(user);
    isGreeted(user);
    assertThat(BROWSER.text("#claims")).contains("\"acr\": \"password\"");

    BROWSER.press("#confirm");
    BROWSER.find("#code").sendKeys(user.code(1));

    BROWSER.await(it -> it.has("#claims") && it.text("#claims").contains("\"acr\": \"sms\""));
    assertThat(BROWSER.text("#claims")).contains("\"mfa\"");
  }

  @Test
  void theInboxShowsMessages() {
    TestUser user = TestUser.withNumber(realm.admin());
    signIn(user);
    String code = user.code(1);

    BROWSER.go(TestServer.SIMULATOR.endpoint() + "/inbox");

    BROWSER.await(it -> it.text("#threads").contains(code));
    assertThat(BROWSER.problems()).isEmpty();
  }

  private static void signIn(TestUser user) {
    // The page remembers a client that was named before
    BROWSER.go(DemoRealm.APPLICATION + "?client=demo-app");
    enterThePassword(user);
  }

  private static void enterThePassword(TestUser user) {
    BROWSER.press("#login");
    BROWSER.find("#username").sendKeys(user.name());
    BROWSER.find("#password").sendKeys(TestUser.PASSWORD);
    BROWSER.press("#kc-login");
  }

  private static void isGreeted(TestUser user) {
    BROWSER.await(it -> it.has("#who") && it.text("#who").equals("You are " + user.name() + "."));
  }
}
