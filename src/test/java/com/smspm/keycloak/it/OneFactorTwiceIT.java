package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** A number that has logged somebody in is no second factor of that login, however arranged. */
@KeycloakIntegrationTest(config = TestServer.class)
class OneFactorTwiceIT {

  private static final String OTHER = "already used a code by SMS. Please choose another way";
  private static final String MARK = "smspm-set-by-number";
  private static final String NONE = "already used a code by SMS, and this step needs something";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  @BeforeEach
  void oneAddressMayAskOften() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void aRequiredStepRefuses() {
    OpenDoors.phoneAnd(realm.admin(), "required", flow -> flow.step("smspm-code", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());

    loginByPhone(user);

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.status()).isEqualTo(400);
    assertThat(browser.text()).contains(NONE);
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void anAlternativeStepAsksForAnotherWayWhichIsOneClickAway() {
    alternatives("alternative");
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());

    loginByPhone(user);

    assertThat(browser.text()).contains(OTHER);
    assertThat(browser.refresh().text()).contains(OTHER);
    browser.press("authenticationExecution");
    browser.enter(Map.of("otp", TestFactors.totpCode()), "login");
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void anAlternativeStepRefusesWhoHasNoOtherWay() {
    alternatives("alternative none");
    TestUser user = TestUser.withNumber(realm.admin());

    loginByPhone(user);

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains(NONE);
  }

  @Test
  void aCodePostedToTheRefusedStepIsNotLookedAt() {
    alternatives("alternative posted");
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    browser.open().enterNumber("EE", user.number());
    String code = user.code(1);
    browser.enterCode(code);

    browser.post(Map.of("code", code));
    assertThat(browser.isLoggedIn()).isFalse();
    browser.post(Map.of("resend", "true"));

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void aConditionalStepRefuses() {
    OpenDoors.phoneAnd(
        realm.admin(),
        "conditional",
        flow ->
            flow.sub(
                "CONDITIONAL",
                sub ->
                    sub.step("conditional-user-configured", "REQUIRED")
                        .step("smspm-code", "REQUIRED")));
    TestUser user = TestUser.withNumber(realm.admin());

    loginByPhone(user);

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains(NONE);
  }

  /** The session that a number has begun, and a step that is asked for later. */
  @Test
  void aStepUpIsRefusedAndSoIsAChangeOfTheNumber() {
    TestFlow whole = TestFlow.create(realm.admin(), "step up with cookie");
    whole.step("auth-cookie", "ALTERNATIVE");
    whole.sub(
        "ALTERNATIVE",
        levels ->
            levels
                .sub(
                    "CONDITIONAL",
                    one ->
                        one.step("conditional-level-of-authentication", "REQUIRED")
                            .configure(Map.of("loa-condition-level", "1", "loa-max-age", "36000"))
                            .step("smspm-phone-login", "REQUIRED"))
                .sub(
                    "CONDITIONAL",
                    two ->
                        two.step("conditional-level-of-authentication", "REQUIRED")
                            .configure(Map.of("loa-condition-level", "2", "loa-max-age", "0"))
                            .step("smspm-code", "REQUIRED")));
    OpenDoors.bindBrowser(realm.admin(), "step up with cookie");
    TestUser user = TestUser.withNumber(realm.admin());
    loginByPhone(user);
    assertThat(browser.isLoggedIn()).isTrue();

    browser.open("acr_values", "2");
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains(NONE);

    // Nor can the number be changed on what was shown so far
    browser.open("kc_action", "smspm-phone-number");
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains(NONE);
  }

  /** What the session began with does not matter once the password was shown. */
  @Test
  void aNewLoginByPasswordInTheSameSessionMayUseTheCode() {
    OpenDoors.loginByPhone(
        realm.admin(),
        "password later",
        Map.of(),
        password -> password.step("smspm-code", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin());
    loginByPhone(user);
    assertThat(browser.isLoggedIn()).isTrue();

    browser.open("prompt", "login").tryAnotherWay().choose("Username and password");
    browser.enter(Map.of("password", TestUser.PASSWORD), "login");

    assertThat(browser.enterCode(user.code(2)).isLoggedIn()).isTrue();
  }

  /** Else the SIM alone would be password and code, and so two factors. */
  @Test
  void aPasswordThatWasSetInALoginByNumberIsNoOtherFactor() {
    OpenDoors.loginByPhone(
        realm.admin(),
        "password set",
        Map.of(),
        password -> password.step("smspm-code", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin());
    loginByPhone(user);
    setPassword();
    // Another number changes nothing of that
    String another = TestUser.anotherNumber();
    browser.open("kc_action", "smspm-phone-number").enterNumber("EE", another);
    assertThat(browser.enterCode(TestUser.codeTo(another, 1)).isLoggedIn()).isTrue();

    try (TestBrowser other = new TestBrowser()) {
      other.open().tryAnotherWay().choose("Username and password");
      other.enter(Map.of("username", user.name(), "password", "a new one"), "login");
      assertThat(other.isLoggedIn()).isFalse();
      assertThat(other.text()).contains(NONE);
    }
    // The code of the first login, and a word about the change
    assertThat(user.messages()).isEqualTo(2);
    assertThat(TestServer.SIMULATOR.messagesTo(another)).hasSize(1);
  }

  /** Nor is it one after its user has taken the number away and set another one up. */
  @Test
  void aNumberThatWasDeletedInBetweenIsNoOtherFactorEither() {
    OpenDoors.loginByPhone(
        realm.admin(),
        "password set without a number",
        Map.of(),
        password -> password.step("smspm-code", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin());
    loginByPhone(user);
    browser.open("kc_action", "delete_credential:" + user.phones().get(0).getId());
    browser.press("accept");
    assertThat(user.phones()).isEmpty();
    setPassword();
    String another = TestUser.anotherNumber();
    browser.open("kc_action", "smspm-phone-number").enterNumber("EE", another);
    assertThat(browser.enterCode(TestUser.codeTo(another, 1)).isLoggedIn()).isTrue();

    try (TestBrowser other = new TestBrowser()) {
      other.open().tryAnotherWay().choose("Username and password");
      other.enter(Map.of("username", user.name(), "password", "a new one"), "login");
      assertThat(other.isLoggedIn()).isFalse();
      assertThat(other.text()).contains(NONE);
    }
  }

  /** It is kept in a credential, and no user may delete that as the others. */
  @Test
  void theUserCannotDeleteWhatRemembersThat() throws Exception {
    TestAccount.allowPasswordGrant(realm.admin());
    OpenDoors.loginByPhone(realm.admin(), "password set and remembered");
    TestUser user = TestUser.withNumber(realm.admin());
    TestAccount account = TestAccount.of(user);
    loginByPhone(user);
    setPassword();
    String mark = user.credentials(MARK).get(0).getId();

    browser.open("kc_action", "delete_credential:" + mark);
    if (browser.has("accept")) {
      browser.press("accept");
    }
    assertThat(account.delete(mark)).isBetween(400, 499);

    assertThat(user.credentials(MARK)).hasSize(1);
    assertThat(user.credentials(MARK).get(0).getId()).isEqualTo(mark);
  }

  /** Two factors stand behind that login, and so behind what is set in it. */
  @Test
  void aPasswordThatIsSetBehindNumberAndAuthenticatorStandsForItself() {
    OpenDoors.phoneAnd(
        realm.admin(), "number and authenticator", flow -> flow.step("auth-otp-form", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    loginByPhone(user);
    browser.enter(Map.of("otp", TestFactors.totpCode()), "login");
    assertThat(browser.isLoggedIn()).isTrue();
    OpenDoors.passwordAlone(realm.admin(), "password and session");

    setPassword();

    assertThat(user.credentials(MARK)).isEmpty();
  }

  private void setPassword() {
    browser.open("kc_action", "UPDATE_PASSWORD");
    browser.enter(Map.of("password-new", "a new one", "password-confirm", "a new one"), null);
    assertThat(browser.isLoggedIn()).isTrue();
  }

  @Test
  void besideAPasswordACodeIsASecondFactorAsBefore() {
    OpenDoors.loginByPhone(
        realm.admin(),
        "password and code",
        Map.of("acceptUsername", "true"),
        password -> password.step("smspm-code", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin());

    browser.open().enterNumber("EE", user.name());
    browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
  }

  private void loginByPhone(TestUser user) {
    browser.open().enterNumber("EE", user.number()).enterCode(user.code(1));
  }

  private void alternatives(String alias) {
    OpenDoors.phoneAnd(
        realm.admin(),
        alias,
        flow ->
            flow.sub(
                "REQUIRED",
                sub -> sub.step("smspm-code", "ALTERNATIVE").step("auth-otp-form", "ALTERNATIVE")));
  }
}
