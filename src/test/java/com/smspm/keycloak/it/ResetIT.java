package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.mail.MailServer;
import org.keycloak.testframework.mail.annotations.InjectMailServer;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** A forgotten password is replaced by who has the phone, where that is enough. */
@KeycloakIntegrationTest(config = TestServer.class)
class ResetIT {

  private static final String FLOW = "reset by SMS";
  private static final String NEW = "another password";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectMailServer MailServer mails;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();

  @BeforeEach
  void theFlow() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
    if (realm.admin().flows().getFlows().stream().noneMatch(it -> FLOW.equals(it.getAlias()))) {
      OpenDoors.resetBySms(realm.admin(), FLOW, Map.of());
      RealmRepresentation settings = realm.admin().toRepresentation();
      settings.setSmtpServer(
          Map.of("host", "localhost", "port", "3025", "from", "auth@example.com"));
      realm.admin().update(settings);
    }
    bind(FLOW);
    OpenDoors.bindBrowser(realm.admin(), "browser with SMS");
  }

  @AfterEach
  void goOnAsUsual() {
    new ServerClock(admin).moveTo(0);
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    browser.close();
  }

  @Test
  void whoHasAnotherSecondFactorChoosesANewPasswordAfterTheCode() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    assertThat(browser.text())
        .contains("If there is such an account with a confirmed mobile number")
        .doesNotContain("••••", user.number());

    browser.enterCode(user.code(1));
    assertThat(browser.has("password-new")).isTrue();
    choose(NEW);

    // No login comes of it: that asks for the second factor
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("has been updated");
    assertThat(browser.open().has("password")).isTrue();
    assertThat(mails.getReceivedMessages()).isEmpty();
  }

  /** SMS alone is never both: the demo's login takes SMS or TOTP after the password. */
  @Test
  void afterAResetByNumberTheSecondStepIsNotTheSameNumber() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    browser.enterCode(user.code(1));
    choose(NEW);

    signIn(user, NEW);
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.has("code")).isFalse();
    assertThat(browser.text()).contains("already used a code by SMS");
    assertThat(user.messages()).isEqualTo(1);
    browser.press("authenticationExecution");
    browser.enter(Map.of("otp", TestFactors.totpCode()), "login");
    assertThat(browser.isLoggedIn()).isTrue();

    // A password that was set in another way stands for itself again
    CredentialRepresentation password = new CredentialRepresentation();
    password.setType(CredentialRepresentation.PASSWORD);
    password.setValue(TestUser.PASSWORD);
    user.admin().resetPassword(password);
    new ServerClock(admin).moveTo(60);
    try (TestBrowser other = new TestBrowser()) {
      other.signIn(user);
      assertThat(other.enterCode(user.code(2)).isLoggedIn()).isTrue();
    }
  }

  /** An application's request may have come first, and a stranger can write one. */
  @ParameterizedTest
  @ValueSource(strings = {"CONFIGURE_TOTP", "smspm-phone-number"})
  void anActionThatWasAskedForDoesNotComeAlong(String action) {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    browser.open("kc_action", action).forgotPassword();
    browser.enter(Map.of("username", user.name()), null);
    browser.enterCode(user.code(1));

    choose(NEW);

    assertThat(browser.text()).contains("has been updated");
    assertThat(browser.has("totp")).isFalse();
    assertThat(browser.has("phoneNumber")).isFalse();
  }

  /** The one password would vouch for the next, and the number for both. */
  @Test
  void theNextPasswordIsNoBetterThanTheOneThatTheNumberHasSet() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    browser.enterCode(user.code(1));
    choose(NEW);
    TestFlow.bind(realm.admin(), "password alone", flow -> {});
    browser.open("kc_action", "UPDATE_PASSWORD");
    browser.enter(Map.of("username", user.name(), "password", NEW), "login");
    choose(TestUser.PASSWORD);
    assertThat(browser.isLoggedIn()).isTrue();
    OpenDoors.bindBrowser(realm.admin(), "browser with SMS");

    try (TestBrowser other = new TestBrowser()) {
      other.signIn(user);
      assertThat(other.has("code")).isFalse();
      assertThat(other.text()).contains("already used a code by SMS");
    }
  }

  @Test
  void aSecondResetThatIsGivenUpDoesNotMakeTheNumberASecondFactorAgain() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    browser.enterCode(user.code(1));
    choose(NEW);
    new ServerClock(admin).moveTo(120);
    try (TestBrowser thief = new TestBrowser()) {
      thief.open().forgotPassword().enter(Map.of("username", user.name()), null);
      thief.enterCode(user.code(2));
      assertThat(thief.has("password-new")).isTrue();
    }

    signIn(user, NEW);

    assertThat(browser.has("code")).isFalse();
    assertThat(browser.text()).contains("already used a code by SMS");
  }

  @Test
  void whoHasNoSecondFactorButTheNumberNeedsTheMailAsWell() {
    TestUser user = TestUser.withNumber(realm.admin());
    forgot(user.name());

    browser.enterCode(user.code(1));
    assertThat(browser.has("password-new")).isFalse();
    assertThat(browser.text()).contains("email");
    String link = link(user);
    browser.go(link);
    assertThat(browser.has("password-new")).isTrue();
    choose(NEW);

    // Two proofs: the number is a second factor still
    new ServerClock(admin).moveTo(60);
    signIn(user, NEW);
    assertThat(browser.enterCode(user.code(2)).isLoggedIn()).isTrue();
  }

  /** Else the SIM alone would set up the factor that it is then trusted beside. */
  @Test
  void anAuthenticatorThatWasSetUpOnTheNumbersWordIsNoOtherFactor() {
    OpenDoors.loginByPhone(realm.admin(), "authenticator by SIM");
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open("kc_action", "CONFIGURE_TOTP").enterNumber("EE", user.number());
    browser.enterCode(user.code(1));
    String secret = browser.value("totpSecret");
    browser.enter(Map.of("totp", TestFactors.totpCode(secret), "userLabel", ""), null);
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.credentials("otp")).hasSize(1);
    new ServerClock(admin).moveTo(60);

    try (TestBrowser other = new TestBrowser()) {
      other.open().tryAnotherWay().choose("Username and password");
      other.forgotPassword().enter(Map.of("username", user.name()), null);
      other.enterCode(user.code(2));
      assertThat(other.has("password-new")).isFalse();
      assertThat(other.text()).contains("email");
    }

    // One that the password stands behind is
    user.admin().removeCredential(user.credentials("otp").get(0).getId());
    TestFlow.bind(realm.admin(), "authenticator by password", flow -> {});
    new ServerClock(admin).moveTo(120);
    try (TestBrowser other = new TestBrowser()) {
      other.open("kc_action", "CONFIGURE_TOTP");
      other.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
      other.enter(
          Map.of("totp", TestFactors.totpCode(other.value("totpSecret")), "userLabel", ""), null);
      assertThat(other.isLoggedIn()).isTrue();
    }
    try (TestBrowser other = new TestBrowser()) {
      other.open().forgotPassword().enter(Map.of("username", user.name()), null);
      other.enterCode(user.code(3));
      assertThat(other.has("password-new")).isTrue();
    }
  }

  /** A flow that ends after the password lets it in; what is set up there is the number's still. */
  @Test
  void whatIsSetUpBehindAPasswordThatTheNumberHasSetIsNoOtherFactorEither() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    browser.enterCode(user.code(1));
    choose(NEW);
    OpenDoors.passwordAlone(realm.admin(), "password for now");
    signIn(user, NEW);
    assertThat(browser.isLoggedIn()).isTrue();

    browser.open("kc_action", "CONFIGURE_TOTP");
    String secret = browser.value("totpSecret");
    browser.enter(Map.of("totp", TestFactors.totpCode(secret), "userLabel", "thief"), null);
    assertThat(browser.isLoggedIn()).isTrue();

    String thiefs =
        user.credentials("otp").stream()
            .filter(it -> "thief".equals(it.getUserLabel()))
            .findFirst()
            .orElseThrow()
            .getId();
    assertThat(user.credentials("smspm-set-by-number").get(0).getCredentialData()).contains(thiefs);
  }

  /** Its owner has set it with the SIM; who has learnt it since has no SIM. */
  @Test
  void aPasswordThatTheNumberHasSetDoesNotReplaceTheNumber() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    browser.enterCode(user.code(1));
    choose(NEW);
    OpenDoors.passwordAlone(realm.admin(), "password known");
    try (TestBrowser thief = new TestBrowser()) {
      thief.open().enter(Map.of("username", user.name(), "password", NEW), "login");
      assertThat(thief.isLoggedIn()).isTrue();

      thief.open("kc_action", "smspm-phone-number");

      assertThat(thief.has("phoneNumber")).isFalse();
      assertThat(thief.has("confirmNumber")).isTrue();
    }
    try (TestBrowser thief = new TestBrowser()) {
      thief.open("kc_action", "smspm-phone-number");
      thief.enter(Map.of("username", user.name(), "password", NEW), "login");
      assertThat(thief.has("phoneNumber")).isFalse();
    }
  }

  /** Whoever has the SIM would be in, from the office. */
  @Test
  void noStepIsLeftOutBehindAPasswordThatTheNumberHasSet() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    browser.enterCode(user.code(1));
    choose(NEW);
    TestFlow.bind(
        realm.admin(),
        "office",
        flow ->
            flow.sub(
                "CONDITIONAL",
                it ->
                    it.step("conditional-smspm-network", "REQUIRED")
                        .configure(Map.of("trustedNetworks", "127.0.0.0/8##::1"))
                        .step("auth-otp-form", "REQUIRED")));

    signIn(user, NEW);

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.has("otp")).isTrue();
  }

  /** Keycloak tells of it in other words than of a password that is reset. */
  @Test
  void aPasswordThatAnAdminSavesWithTheUserStandsForItself() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    browser.enterCode(user.code(1));
    choose(NEW);
    CredentialRepresentation password = new CredentialRepresentation();
    password.setType(CredentialRepresentation.PASSWORD);
    password.setValue(TestUser.PASSWORD);
    var account = user.admin().toRepresentation();
    account.setCredentials(List.of(password));
    user.admin().update(account);

    assertThat(user.credentials("smspm-set-by-number")).isEmpty();
    new ServerClock(admin).moveTo(60);
    signIn(user, TestUser.PASSWORD);
    assertThat(browser.enterCode(user.code(2)).isLoggedIn()).isTrue();
  }

  @Test
  void whoHasTheSimAloneDoesNotGetIn() {
    TestUser user = TestUser.withNumber(realm.admin());
    forgot(user.name());
    browser.enterCode(user.code(1));
    assertThat(browser.has("password-new")).isFalse();

    // Neither by going back, nor once more, nor by asking for what comes next
    assertThat(browser.back().has("password-new")).isFalse();
    browser.open();
    signIn(user, NEW);
    assertThat(browser.isLoggedIn()).isFalse();
    signIn(user, TestUser.PASSWORD);
    assertThat(browser.has("password-new")).isFalse();
    assertThat(mails.getReceivedMessages().length).isLessThanOrEqualTo(1);
  }

  @Test
  void anAdminMayAcceptThatTheSimIsTheAccount() {
    OpenDoors.resetBySms(realm.admin(), "accepted", Map.of("simAloneIsEnough", "true"));
    TestUser user = TestUser.withNumber(realm.admin());
    forgot(user.name());

    browser.enterCode(user.code(1));
    choose(NEW);

    new ServerClock(admin).moveTo(60);
    signIn(user, NEW);
    assertThat(browser.enterCode(user.code(2)).isLoggedIn()).isTrue();
  }

  @Test
  void aNumberThatIsNewDoesNotResetByItself() {
    TestUser user = TestUser.withoutNumber(realm.admin(), TestFactors.totp());
    long hoursAgo = System.currentTimeMillis() / 1000 - 23 * 3600;
    var account = user.admin().toRepresentation();
    CredentialRepresentation phone = TestUser.phone(user.number());
    phone.setCredentialData(
        "{\"phoneNumber\":\"" + user.number() + "\",\"verifiedAt\":" + hoursAgo + "}");
    account.setCredentials(List.of(phone));
    user.admin().update(account);
    forgot(user.name());
    browser.enterCode(user.code(1));
    assertThat(browser.has("password-new")).isFalse();

    OpenDoors.resetBySms(realm.admin(), "younger", Map.of("numberAgeHours", "22"));
    new ServerClock(admin).moveTo(60);
    try (TestBrowser other = new TestBrowser()) {
      other.open().forgotPassword().enter(Map.of("username", user.name()), null);
      other.enterCode(user.code(2));
      assertThat(other.has("password-new")).isTrue();
    }
  }

  /** Keycloak's own flow would set up a new authenticator application with the SIM alone. */
  @Test
  void aFlowThatReplacesTheSecondFactorNeedsTheMailAsWell() {
    OpenDoors.resetBySms(
        realm.admin(), "replacing", Map.of(), flow -> flow.step("reset-otp", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());

    browser.enterCode(user.code(1));

    assertThat(browser.has("password-new")).isFalse();
    assertThat(browser.has("totp")).isFalse();
  }

  @Test
  void theMailAloneIsAsGoodAsEver() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    user.code(1);

    browser.press("mail");
    assertThat(browser.text()).contains("email");
    browser.go(link(user));

    assertThat(browser.has("password-new")).isTrue();
  }

  @Test
  void theLinkOpenedElsewhereIsTheMailAlone() {
    TestUser user = TestUser.withNumber(realm.admin());
    forgot(user.name());
    browser.enterCode(user.code(1));
    String link = link(user);
    try (TestBrowser other = new TestBrowser()) {
      other.go(link);
      assertThat(other.has("password-new")).isTrue();
      assertThat(other.isLoggedIn()).isFalse();
      assertThat(user.messages()).isEqualTo(1);
    }
  }

  @Test
  void wrongCodesAndTheirLimit() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    String code = user.code(1);
    assertThat(browser.enterCode(TestUser.wrong(code)).text()).contains("4 attempts");
    for (int i = 0; i < 4; i++) {
      browser.enterCode(TestUser.wrong(code));
    }
    assertThat(browser.text()).contains("too many wrong codes");
    assertThat(browser.post(Map.of("code", code)).has("password-new")).isFalse();
  }

  @Test
  void aCodeExpires() {
    // Shorter than Keycloak waits for somebody who resets a password
    OpenDoors.resetBySms(realm.admin(), "shorter", Map.of("codeValidity", "120"));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    String code = user.code(1);

    new ServerClock(admin).moveTo(121);

    assertThat(browser.enterCode(code).text()).contains("expired");
    browser.press("resend");
    assertThat(browser.enterCode(user.code(2)).has("password-new")).isTrue();
  }

  @Test
  void aGatewayThatIsDownShowsNothing() {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    int before = TestServer.SIMULATOR.requests();
    forgot(user.name());
    Eventually.holds(() -> TestServer.SIMULATOR.requests() > before);

    assertThat(browser.refresh().text()).contains("being sent").doesNotContain("could not send");
    assertThat(browser.deliveryPath()).isEmpty();
  }

  @Test
  void budgetsAreTheSame() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    for (int i = 0; i < 5; i++) {
      new ServerClock(admin).moveTo(i * 300);
      try (TestBrowser other = new TestBrowser()) {
        other.open().forgotPassword().enter(Map.of("username", user.name()), null);
        assertThat(other.has("code")).isEqualTo(i < 3);
      }
    }
    assertThat(user.messages()).isEqualTo(3);
  }

  @Test
  void aCodeIsGoodInItsOwnTabOnly() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    String code = user.code(1);
    try (TestBrowser tab = browser.sameSession()) {
      // A tab of its own in the same browser session
      tab.open().forgotPassword().enter(Map.of("username", user.name()), null);
      tab.post(Map.of("code", code));
      assertThat(tab.has("password-new")).isFalse();
    }
    try (TestBrowser older = new TestBrowser()) {
      older.open().forgotPassword().enter(Map.of("username", user.name()), null);
      older.post(Map.of("code", code));
      assertThat(older.has("password-new")).isFalse();
    }
  }

  @Test
  void aCodeForOneExecutionIsRefusedAtAnother() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    String code = user.code(1);
    String action = browser.formAction();
    String own = action.replaceAll(".*execution=([^&]*).*", "$1");
    for (var other : realm.admin().flows().getExecutions(FLOW)) {
      if (other.getProviderId() != null && !other.getId().equals(own)) {
        assertThat(browser.postCode(action.replace(own, other.getId()), code))
            .doesNotContain("required-action");
      }
    }
    for (var other : realm.admin().flows().getExecutions("browser with SMS")) {
      assertThat(browser.postCode(action.replace(own, other.getId()), code))
          .doesNotContain("required-action");
    }
    // Nor in the login's own flow
    assertThat(browser.postCode(action.replace("reset-credentials", "authenticate"), code))
        .doesNotContain("required-action")
        .doesNotContain("code=");
  }

  /** The step is taken out and put in again: the code belonged to the one that is gone. */
  @Test
  void aCodeOfAStepThatWasReplacedIsRefused() {
    OpenDoors.resetBySms(realm.admin(), "replaced first", Map.of());
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    forgot(user.name());
    String code = user.code(1);

    OpenDoors.resetBySms(realm.admin(), "replaced second", Map.of());
    browser.enterCode(code);

    assertThat(browser.has("password-new")).isFalse();
  }

  @Test
  void nobodyGetsTheSamePageAndNoMessage() {
    TestUser without = TestUser.withoutNumber(realm.admin());
    for (String name : List.of("nobody-has-this", without.name())) {
      try (TestBrowser other = new TestBrowser()) {
        other.open().forgotPassword().enter(Map.of("username", name), null);
        assertThat(other.text()).contains("If there is such an account");
        assertThat(other.enterCode("123456").text()).contains("4 attempts");
      }
    }
    assertThat(without.messages()).isZero();
  }

  @Test
  void nobodyGetsNoMailEither() {
    forgot("nobody-has-this-name");
    int before = mails.getReceivedMessages().length;

    browser.press("mail");

    assertThat(browser.text()).contains("should receive an email");
    assertThat(mails.getReceivedMessages()).hasSize(before);
  }

  @Test
  void besideAnAlternativeTheStepRefuses() {
    TestFlow flow =
        TestFlow.create(realm.admin(), "alternative step")
            .step("reset-credentials-choose-user", "REQUIRED")
            .sub(
                "REQUIRED",
                proof ->
                    proof
                        .step("smspm-reset", "ALTERNATIVE")
                        .step("reset-credential-email", "ALTERNATIVE"))
            .step("reset-password", "REQUIRED");
    bind(flow.alias());
    TestUser user = TestUser.withNumber(realm.admin());

    forgot(user.name());

    assertThat(browser.status()).isEqualTo(503);
    assertThat(user.messages()).isZero();
  }

  @Test
  void theCodeStepRefusesInAResetFlowAndSendsNothing() {
    TestFlow flow =
        TestFlow.create(realm.admin(), "wrong step")
            .step("reset-credentials-choose-user", "REQUIRED")
            .step("smspm-code", "REQUIRED")
            .step("reset-password", "REQUIRED");
    bind(flow.alias());
    TestUser user = TestUser.withNumber(realm.admin());

    forgot(user.name());

    assertThat(browser.status()).isEqualTo(503);
    assertThat(browser.html()).doesNotContain("••••");
    assertThat(user.messages()).isZero();
  }

  @Test
  void theResetStepRefusesInALogin() {
    TestFlow.bind(realm.admin(), "reset in login", flow -> flow.step("smspm-reset", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    try {
      browser.signIn(user);
      assertThat(browser.isLoggedIn()).isFalse();
      assertThat(browser.status()).isEqualTo(503);
      assertThat(user.messages()).isZero();
    } finally {
      OpenDoors.bindBrowser(realm.admin(), "browser with SMS");
    }
  }

  private void bind(String flow) {
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.setResetCredentialsFlow(flow);
    settings.setResetPasswordAllowed(true);
    realm.admin().update(settings);
  }

  private void forgot(String name) {
    browser.open().forgotPassword().enter(Map.of("username", name), null);
  }

  private void choose(String password) {
    browser.enter(Map.of("password-new", password, "password-confirm", password), "login");
  }

  private void signIn(TestUser user, String password) {
    browser.open().enter(Map.of("username", user.name(), "password", password), "login");
  }

  private String link(TestUser user) {
    return new TestMails(mails).link(user);
  }
}
