package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** Arrangements in which the same number would be asked for twice, by whichever of our steps. */
@KeycloakIntegrationTest(config = TestServer.class)
class NumberTwiceIT {

  private static final String NONE = "already used a code by SMS, and this step needs something";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserWithANumber() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
    user = TestUser.withNumber(realm.admin());
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void phoneLoginAfterItself() {
    OpenDoors.phoneAnd(
        realm.admin(), "phone twice", flow -> flow.step("smspm-phone-login", "REQUIRED"));

    loginByPhone();

    isRefused(1);
  }

  @Test
  void phoneLoginAfterACodeBehindANameAlone() {
    TestFlow.bind(
        realm.admin(),
        "name and code and phone",
        "auth-username-form",
        flow -> flow.step("smspm-code", "REQUIRED").step("smspm-phone-login", "REQUIRED"));

    nameAndCode(1);

    isRefused(1);
  }

  @Test
  void phoneLoginAfterAPasswordThatTheNumberHasSet() {
    OpenDoors.loginByPhone(
        realm.admin(),
        "password by number and phone",
        Map.of(),
        password -> password.step("smspm-phone-login", "REQUIRED"));
    loginByPhone();
    browser.open("kc_action", "UPDATE_PASSWORD");
    browser.enter(Map.of("password-new", "a new one", "password-confirm", "a new one"), null);
    assertThat(browser.isLoggedIn()).isTrue();

    browser.forgetSession().open().tryAnotherWay().choose("Username and password");
    browser.enter(Map.of("username", user.name(), "password", "a new one"), "login");

    isRefused(1);
  }

  /** With one that stands for itself the number is another factor, and remains one. */
  @Test
  void phoneLoginAfterAPasswordIsASecondFactor() {
    TestFlow.bind(
        realm.admin(), "password and phone", flow -> flow.step("smspm-phone-login", "REQUIRED"));
    browser.open("kc_action", "UPDATE_PASSWORD");
    browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
    browser.enterNumber("EE", user.number()).enterCode(user.code(1));
    browser.enter(Map.of("password-new", "a new one", "password-confirm", "a new one"), null);
    assertThat(browser.isLoggedIn()).isTrue();

    assertThat(user.credentials("smspm-set-by-number")).isEmpty();
  }

  @Test
  void phoneLoginAsTheHigherLevelOfASessionThatItHasBegun() {
    levels(
        realm.admin(),
        "phone at both levels",
        one -> one.step("smspm-phone-login", "REQUIRED"),
        two -> two.step("smspm-phone-login", "REQUIRED"));
    loginByPhone();
    assertThat(browser.isLoggedIn()).isTrue();

    browser.open("acr_values", "2");

    isRefused(1);
  }

  @Test
  void aCodeBehindANameAloneIsNoHigherLevelInTheSameLogin() {
    nameAndCodeThenCode("name in one login");

    browser.open("acr_values", "2").enter(Map.of("username", user.name()), "login");
    browser.enterCode(user.code(1));

    isRefused(1);
  }

  @Test
  void norInTheSessionThatComesOfIt() {
    nameAndCodeThenCode("name in one session");
    nameAndCode(1);
    assertThat(browser.isLoggedIn()).isTrue();

    browser.open("acr_values", "2");

    isRefused(1);
  }

  /** The session is there then, and it is the number's. */
  @Test
  void norWhereThatSessionBeginsAnew() {
    nameAndCodeThenCode("name once more");
    nameAndCode(1);
    assertThat(browser.isLoggedIn()).isTrue();

    browser.open("acr_values", "2", "prompt", "login");
    if (browser.has("username")) {
      browser.enter(Map.of("username", user.name()), "login");
    }
    if (browser.has("code")) {
      browser.enterCode(user.code(2));
    }

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains(NONE);
  }

  /** Cookie, and two levels; the second is asked for each time. */
  static void levels(
      RealmResource realm, String alias, Consumer<TestFlow> first, Consumer<TestFlow> second) {
    TestFlow whole = TestFlow.create(realm, alias).step("auth-cookie", "ALTERNATIVE");
    whole.sub(
        "ALTERNATIVE",
        levels ->
            levels
                .sub("CONDITIONAL", one -> first.accept(level(one, "1", "36000")))
                .sub("CONDITIONAL", two -> second.accept(level(two, "2", "0"))));
    OpenDoors.bindBrowser(realm, alias);
  }

  private static TestFlow level(TestFlow flow, String level, String seconds) {
    return flow.step("conditional-level-of-authentication", "REQUIRED")
        .configure(Map.of("loa-condition-level", level, "loa-max-age", seconds));
  }

  private void nameAndCodeThenCode(String alias) {
    levels(
        realm.admin(),
        alias,
        one -> one.step("auth-username-form", "REQUIRED").step("smspm-code", "REQUIRED"),
        two -> two.step("smspm-code", "REQUIRED"));
  }

  private void loginByPhone() {
    browser.open().enterNumber("EE", user.number()).enterCode(user.code(1));
  }

  private void nameAndCode(int messages) {
    browser.open().enter(Map.of("username", user.name()), "login");
    browser.enterCode(user.code(messages));
  }

  private void isRefused(int messages) {
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains(NONE);
    assertThat(user.messages()).isEqualTo(messages);
  }
}
