package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.mail.MailServer;
import org.keycloak.testframework.mail.annotations.InjectMailServer;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Our own actions, where less was shown than a second factor: nothing can be set up there. */
@KeycloakIntegrationTest(config = TestServer.class)
class EndOfResetIT {

  private static final String QUESTION = "Is this still your number?";
  private static final String REMINDER = "Set up another way to sign in";
  private static final String DONE = "has been updated";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectMailServer MailServer mails;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();

  /** Numbers of the tests are from the first of January 2026, and so are old. */
  @BeforeEach
  void aRealmThatRemindsAndAsksForOldNumbers() {
    TestFlows.configureRealm(
        realm.admin(), Map.of("perAddressHour", "10000", "reverifyMonths", "6"));
    NudgeIT.remind(realm.admin(), true);
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.setSmtpServer(Map.of("host", "localhost", "port", "3025", "from", "auth@example.com"));
    settings.setBrowserFlow("browser with SMS");
    realm.admin().update(settings);
  }

  @AfterEach
  void goOnAsUsual() {
    NudgeIT.remind(realm.admin(), false);
    browser.close();
  }

  @Test
  void afterAResetBySmsNobodyIsRemindedToSetUpAnotherFactor() {
    OpenDoors.resetBySms(realm.admin(), "SIM is enough", Map.of("simAloneIsEnough", "true"));
    TestUser user = TestUser.withNumber(realm.admin());
    forgot(user);
    browser.enterCode(user.code(1));

    choose();

    assertThat(browser.text()).contains(DONE).doesNotContain(REMINDER);
    assertThat(user.credentials("otp")).isEmpty();
    // A login in which the second step was taken is another matter
    assertThat(browser.open().signIn(user).isLoggedIn()).isFalse();
  }

  /** The mail alone would else change the number. */
  @Test
  void afterAResetByMailNobodyIsAskedForAnotherNumber() {
    OpenDoors.resetBySms(realm.admin(), "by mail", Map.of());
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user);
    browser.press("mail").go(new TestMails(mails).link(user));

    choose();

    assertThat(browser.text()).contains(DONE).doesNotContain(QUESTION);
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
  }

  /** The form for the new password is not the only one that can be posted. */
  @Test
  void noOtherActionIsReachedFromTheFormForThePassword() {
    OpenDoors.resetBySms(realm.admin(), "other forms", Map.of());
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user);
    browser.enterCode(user.code(1));
    String other = TestUser.anotherNumber();

    for (String action : new String[] {"smspm-phone-number", "smspm-another-way"}) {
      browser.postTo(
          browser.action().replace("UPDATE_PASSWORD", action),
          Map.of("phoneNumber", other, "country", "EE", "way", "CONFIGURE_TOTP"));
      assertThat(browser.has("code")).isFalse();
      assertThat(browser.has("totp")).isFalse();
      assertThat(browser.has("password-new")).isTrue();
    }
    assertThat(TestServer.SIMULATOR.messagesTo(other)).isEmpty();
    choose();
    assertThat(browser.text()).contains(DONE);
  }

  @Test
  void behindAPasswordAloneAnOldNumberCanBeConfirmedAndNotReplaced() {
    TestFlow.bind(realm.admin(), "password and nothing else", flow -> {});
    TestUser user = TestUser.withNumber(realm.admin());
    String other = TestUser.anotherNumber();
    browser.signIn(user);
    assertThat(browser.text()).contains(QUESTION);
    assertThat(browser.has("changeNumber")).isFalse();

    browser.post(Map.of("changeNumber", "true"));
    assertThat(browser.text()).contains(QUESTION);
    browser.post(Map.of("phoneNumber", other, "country", "EE"));
    assertThat(browser.text()).contains(QUESTION);
    browser.press("confirmNumber");
    String code = user.code(1);
    browser.post(Map.of("phoneNumber", other, "country", "EE", "code", code));
    assertThat(browser.isLoggedIn()).isFalse();

    assertThat(TestServer.SIMULATOR.messagesTo(other)).isEmpty();
    assertThat(browser.post(Map.of("code", code)).isLoggedIn()).isTrue();
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
  }

  private void forgot(TestUser user) {
    browser.open().forgotPassword().enter(Map.of("username", user.name()), null);
  }

  private void choose() {
    browser.enter(Map.of("password-new", "a new one", "password-confirm", "a new one"), null);
  }
}
