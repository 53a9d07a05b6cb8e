package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Signing up with a number, which is proven before the account can be used. */
@KeycloakIntegrationTest(config = TestServer.class)
class RegistrationIT {

  private static final String ACTION = "smspm-phone-number";
  private static final String FLOW = "registration with number";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @AfterEach
  void goOnAsUsual() {
    new ServerClock(admin).moveTo(0);
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    browser.close();
  }

  @Test
  void theCodePageComesAtOnceAndTheNumberIsStoredOnceItIsProven() {
    SignUp somebody = SignUp.somebody(realm.admin());
    SignUp.open(browser, "scope", "openid%20phone").enter(somebody.fields(), null);

    TestUser user = somebody.user();
    assertThat(browser.has("code")).isTrue();
    assertThat(browser.text()).contains("•••• " + user.number().substring(9));
    assertThatNothingIsProven(user);
    browser.enterCode(user.code(1));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.phones()).hasSize(1);
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
    assertThat(user.admin().toRepresentation().getRequiredActions()).isEmpty();
    Tokens tokens = Tokens.of(browser);
    assertThat(tokens.id().path("phone_number").asText()).isEqualTo(user.number());
    assertThat(tokens.id().path("phone_number_verified").isBoolean()).isTrue();
    assertThat(tokens.methods()).containsExactly("sms");
  }

  @Test
  void aCodeThatCameTooLateIsReplacedByAnother() {
    TestFlows.configureRealm(realm.admin(), Map.of("defaultCountry", "EE", "codeValidity", "60"));
    try {
      SignUp somebody = SignUp.somebody(realm.admin());
      somebody.submit(browser);
      String late = TestUser.codeTo(somebody.number(), 1);
      new ServerClock(admin).moveTo(61);

      browser.enterCode(late);
      assertThat(browser.text()).contains("expired");
      assertThatNothingIsProven(somebody.user());
      browser.press("resend");

      String next = TestUser.codeTo(somebody.number(), 2);
      assertThat(browser.enterCode(next).isLoggedIn()).isTrue();
    } finally {
      TestFlows.configureRealm(realm.admin(), Map.of("defaultCountry", "EE"));
    }
  }

  @Test
  void aGatewayThatIsDownIsToldAndProvesNothing() {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    SignUp somebody = SignUp.somebody(realm.admin());
    somebody.submit(browser);

    Eventually.holds(() -> browser.refresh().text().contains("could not send"));
    assertThatNothingIsProven(somebody.user());

    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    browser.press("resend");
    assertThat(browser.enterCode(TestUser.codeTo(somebody.number(), 1)).isLoggedIn()).isTrue();
  }

  @Test
  void wrongCodesHaveTheirLimit() {
    SignUp somebody = SignUp.somebody(realm.admin());
    somebody.submit(browser);
    String right = TestUser.codeTo(somebody.number(), 1);
    for (int i = 0; i < 5; i++) {
      browser.enterCode(TestUser.wrong(right));
    }

    assertThat(browser.has("code")).isFalse();
    assertThatNothingIsProven(somebody.user());
  }

  @Test
  void aNationalSpellingIsReadInTheRealmsCountry() {
    SignUp somebody = SignUp.somebody(realm.admin());
    String national =
        " " + somebody.number().substring(4, 8) + "-" + somebody.number().substring(8);

    SignUp.open(browser).enter(somebody.fields("phoneNumber", national), null);
    browser.enterCode(TestUser.codeTo(somebody.number(), 1));

    assertThat(somebody.user().attribute("phoneNumber")).isEqualTo(somebody.number());
  }

  @ParameterizedTest
  @CsvSource({
    "'+372 6123456', looks like a landline",
    "hello, does not look like a phone number",
    "'', Please enter your mobile number",
    "'+1 900 5550100', kind of number cannot be used"
  })
  void aNumberThatCannotBeUsedIsSaidInTheFormAndMakesNoAccount(String number, String advice) {
    SignUp somebody = SignUp.somebody(realm.admin());
    int requests = TestServer.SIMULATOR.requests();

    SignUp.open(browser).enter(somebody.fields("phoneNumber", number), null);

    assertThat(browser.text()).contains(advice);
    assertThat(browser.has("password-confirm")).isTrue();
    assertThat(somebody.hasAccount()).isFalse();
    assertThat(TestServer.SIMULATOR.requests()).isEqualTo(requests);
  }

  @Test
  void markupInTheFieldIsShownAsText() {
    SignUp.open(browser)
        .enter(
            SignUp.somebody(realm.admin()).fields("phoneNumber", "\"><script>alert(1)</script>"),
            null);

    assertThat(browser.html()).doesNotContain("<script>alert");
  }

  @Test
  void whoGoesAwayLeavesNoNumberBehindAndIsAskedForItAtTheNextLogin() throws Exception {
    SignUp somebody = SignUp.somebody(realm.admin());
    somebody.submit(browser);
    TestUser user = somebody.user();
    user.code(1);

    assertThatNothingIsProven(user);
    TestAccount.allowPasswordGrant(realm.admin());
    assertThat(TestFlows.directGrant(user)).contains("not fully set up");
    try (TestBrowser later = new TestBrowser().signIn(user)) {
      assertThat(later.isLoggedIn()).isFalse();
      assertThat(later.has("phoneNumber")).isTrue();
      assertThat(later.has("code")).isFalse();
    }
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void aMistypedNumberCanBeCorrected() {
    SignUp somebody = SignUp.somebody(realm.admin());
    String right = TestUser.anotherNumber();
    somebody.submit(browser);
    String elsewhere = TestUser.codeTo(somebody.number(), 1);

    browser.press("changeNumber").enterNumber("EE", right);
    browser.enterCode(elsewhere);
    assertThat(browser.isLoggedIn()).isFalse();
    browser.enterCode(TestUser.codeTo(right, 1));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(somebody.user().attribute("phoneNumber")).isEqualTo(right);
  }

  @Test
  void showingThePageAgainSendsNothing() {
    SignUp somebody = SignUp.somebody(realm.admin());
    somebody.submit(browser);
    String code = TestUser.codeTo(somebody.number(), 1);

    browser.refresh().refresh();

    assertThat(browser.has("code")).isTrue();
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    assertThat(somebody.user().messages()).isEqualTo(1);
  }

  @Test
  void whereNoCodeCanBeSentYetTheNumberPageSaysSo() {
    SignUp first = SignUp.somebody(realm.admin());
    first.submit(browser);
    TestUser.codeTo(first.number(), 1);
    SignUp second = new SignUp(realm.admin(), first.name() + "b", first.number());
    try (TestBrowser other = new TestBrowser()) {
      second.submit(other);

      assertThat(other.has("phoneNumber")).isTrue();
      assertThat(other.text()).contains("Please wait");
      assertThat(other.html()).contains("value=\"" + first.number() + "\"");
    }
    assertThatNothingIsProven(second.user());
  }

  @Test
  void thatANumberIsTakenIsSaidOnlyToWhoCanReadItsMessages() {
    TestUser owner = TestUser.withNumber(realm.admin());
    SignUp somebody =
        new SignUp(realm.admin(), "new" + owner.number().substring(1), owner.number());

    somebody.submit(browser);
    assertThat(browser.text()).doesNotContain("cannot be used");
    browser.enterCode(owner.code(1));

    assertThat(browser.text()).contains("cannot be used");
    assertThatNothingIsProven(somebody.user());
    String own = TestUser.anotherNumber();
    browser.enterNumber("EE", own);
    assertThat(browser.enterCode(TestUser.codeTo(own, 1)).isLoggedIn()).isTrue();
  }

  @Test
  void anAdminCanLeaveTheNumberToTheUser() {
    numberIsOptional("true");
    try {
      SignUp somebody = SignUp.somebody(realm.admin());

      SignUp.open(browser).enter(somebody.fields("phoneNumber", ""), null);

      assertThat(browser.isLoggedIn()).isTrue();
      assertThat(somebody.user().phones()).isEmpty();
    } finally {
      numberIsOptional("false");
    }
  }

  @Test
  void aSettingThatCannotBeStopsTheStep() {
    numberIsOptional("perhaps");
    try {
      SignUp somebody = SignUp.somebody(realm.admin());

      SignUp.open(browser).enter(somebody.fields("phoneNumber", ""), null);

      assertThat(browser.text()).contains("not available at the moment");
      assertThat(somebody.hasAccount()).isFalse();
    } finally {
      numberIsOptional("false");
    }
  }

  @Test
  void whoAsksForTheActionAtSignUpCannotCancelItEither() {
    SignUp somebody = SignUp.somebody(realm.admin());
    SignUp.open(browser, "kc_action", ACTION).enter(somebody.fields(), null);
    TestUser user = somebody.user();
    String code = user.code(1);
    assertThat(browser.has("cancel-aia")).isFalse();

    assertThat(browser.post(Map.of("cancel-aia", "true")).isLoggedIn()).isFalse();

    assertThat(browser.refresh().enterCode(code).isLoggedIn()).isTrue();
    assertThat(user.phones()).hasSize(1);
  }

  @Test
  void withoutTheActionThatProvesItNobodySignsUpWithANumber() {
    RequiredActionProviderRepresentation action = realm.admin().flows().getRequiredAction(ACTION);
    action.setEnabled(false);
    realm.admin().flows().updateRequiredAction(ACTION, action);
    try {
      SignUp somebody = SignUp.somebody(realm.admin());
      somebody.submit(browser);

      assertThat(browser.text()).contains("not available at the moment");
      assertThat(somebody.hasAccount()).isFalse();
    } finally {
      action.setEnabled(true);
      realm.admin().flows().updateRequiredAction(ACTION, action);
    }
  }

  @Test
  void whereTheProfileHasNoFieldForItNobodySearchesForOneInVain() {
    UPConfig before = realm.admin().users().userProfile().getConfiguration();
    UPConfig without = realm.admin().users().userProfile().getConfiguration();
    without.removeAttribute("phoneNumber");
    realm.admin().users().userProfile().update(without);
    try {
      Map<String, String> fields = SignUp.somebody(realm.admin()).fields();
      fields.remove("phoneNumber");
      SignUp.open(browser).enter(fields, null);

      assertThat(browser.text()).contains("not available at the moment");
    } finally {
      realm.admin().users().userProfile().update(before);
    }
  }

  private static void assertThatNothingIsProven(TestUser user) {
    assertThat(user.phones()).isEmpty();
    assertThat(user.attribute("phoneNumber")).isNull();
    assertThat(user.attribute("phoneNumberVerified")).isNull();
    assertThat(user.admin().toRepresentation().getRequiredActions()).isEqualTo(List.of(ACTION));
  }

  private void numberIsOptional(String value) {
    AuthenticationExecutionInfoRepresentation step =
        realm.admin().flows().getExecutions(FLOW).stream()
            .filter(it -> "smspm-registration".equals(it.getProviderId()))
            .findFirst()
            .orElseThrow();
    AuthenticatorConfigRepresentation config = new AuthenticatorConfigRepresentation();
    config.setAlias("number at sign-up " + value);
    config.setConfig(new HashMap<>(Map.of("numberOptional", value)));
    if (step.getAuthenticationConfig() == null) {
      realm.admin().flows().newExecutionConfig(step.getId(), config).close();
    } else {
      config.setId(step.getAuthenticationConfig());
      realm.admin().flows().updateAuthenticatorConfig(config.getId(), config);
    }
  }
}
