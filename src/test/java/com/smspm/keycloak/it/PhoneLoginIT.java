package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.runonserver.InjectRunOnServer;
import org.keycloak.testframework.remote.runonserver.RunOnServerClient;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** A number and a code as the first factor, beside a password. */
@KeycloakIntegrationTest(config = TestServer.class)
class PhoneLoginIT {

  private static final String FLOW = "browser with phone";
  private static final Map<String, String> EITHER = Map.of("acceptUsername", "true");

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectRunOnServer(permittedPackages = "com.smspm.keycloak.it")
  RunOnServerClient server;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();

  @BeforeEach
  void thePhoneLoginFirst() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
    if (realm.admin().flows().getFlows().stream().noneMatch(it -> FLOW.equals(it.getAlias()))) {
      OpenDoors.loginByPhone(realm.admin(), FLOW);
    }
    OpenDoors.bindBrowser(realm.admin(), FLOW);
  }

  @AfterEach
  void goOnAsUsual() {
    new ServerClock(admin).moveTo(0);
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    browser.close();
  }

  @Test
  void aNumberAndItsCodeLogIn() {
    TestUser user = TestUser.withNumber(realm.admin());

    browser.open().enterNumber("EE", user.number());
    assertThat(browser.text())
        .contains("If", user.number(), "belongs to an account", "code of 6 digits");
    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();

    assertThat(user.messages()).isEqualTo(1);
    assertThat(events("LOGIN", user.id())).hasSize(1);
    assertThat(events("LOGIN", user.id()).get(0).getDetails().get("username"))
        .isEqualTo(user.name());
    assertThat(browser.urls()).noneMatch(url -> url.contains(user.number().substring(1)));
    assertThat(realm.admin().getEvents().toString()).doesNotContain(user.number().substring(1));
  }

  @Test
  void aNationalSpellingIsTheSameNumber() {
    TestUser user = TestUser.withNumber(realm.admin());

    browser.open().enterNumber("EE", user.number().substring(4));

    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
  }

  @Test
  void aWrongCodeAsksAgainAndTheLimitEndsIt() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String code = user.code(1);

    assertThat(browser.enterCode(TestUser.wrong(code)).text()).contains("4 attempts");
    for (int i = 0; i < 4; i++) {
      browser.enterCode(TestUser.wrong(code));
    }

    assertThat(browser.text()).contains("too many wrong codes");
    assertThat(browser.post(Map.of("code", code)).isLoggedIn()).isFalse();
    assertThat(browser.refresh().has("code")).isFalse();
  }

  @Test
  void aCodeExpires() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String code = user.code(1);

    new ServerClock(admin).moveTo(301);

    assertThat(browser.enterCode(code).isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("expired");
    browser.press("resend");
    assertThat(browser.enterCode(user.code(2)).isLoggedIn()).isTrue();
  }

  @Test
  void aSecondMessageHasToWaitAndTheFirstCodeStaysGood() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String first = user.code(1);

    assertThat(browser.press("resend").text()).contains("Please wait");
    new ServerClock(admin).moveTo(31);
    browser.press("resend");
    assertThat(user.awaitedMessages(2)).isEqualTo(2);

    assertThat(browser.enterCode(first).isLoggedIn()).isTrue();
  }

  @Test
  void theCodeOnThePhoneStaysGoodHoweverManyResendsAreNotSent() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String onThePhone = user.code(1);
    assertThat(waits(user)).isTrue();
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));

    for (int second : List.of(31, 95)) {
      new ServerClock(admin).moveTo(second);
      assertThat(browser.press("resend").text()).doesNotContain("Please wait");
      // Given back once it is known that nothing was sent; the page does not tell
      Eventually.holds(() -> !waits(user));
    }

    assertThat(browser.enterCode(onThePhone).isLoggedIn()).isTrue();
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void aBudgetThatIsUsedUpIsSaidAndCostsNothing() {
    TestUser user = TestUser.withNumber(realm.admin());
    for (int i = 0; i < 5; i++) {
      new ServerClock(admin).moveTo(i * 300);
      try (TestBrowser other = new TestBrowser()) {
        other.open().enterNumber("EE", user.number());
        assertThat(other.has("code")).isEqualTo(i < 3);
        if (i < 3) {
          // Or the clock moves past the end of a code whose message is on its way
          assertThat(user.awaitedMessages(i + 1)).isEqualTo(i + 1);
        } else {
          assertThat(other.text()).containsPattern("New code possible in: \\d+:\\d\\d");
        }
      }
    }
    assertThat(user.messages()).isEqualTo(3);
  }

  @Test
  void aGatewayThatIsDownShowsNothing() {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.SERVER_ERROR, 0));
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    Eventually.holds(() -> TestServer.SIMULATOR.requests() > 0);

    assertThat(browser.refresh().text()).contains("being sent").doesNotContain("could not send");
    assertThat(browser.deliveryPath()).isEmpty();
  }

  @Test
  void whoCannotReceiveACodeGetsTheSamePageAndNoMessage() {
    TestUser known = TestUser.withNumber(realm.admin());
    TestUser disabled = TestUser.withNumber(realm.admin());
    UserRepresentation account = disabled.admin().toRepresentation();
    account.setEnabled(false);
    disabled.admin().update(account);
    TestUser twice = TestUser.withNumber(realm.admin());
    TestUser.withNumber(realm.admin(), twice.number());
    TestUser unproven = TestUser.withoutNumber(realm.admin());
    String landline = "+3726123456";
    int before = TestServer.SIMULATOR.requests();
    for (String number :
        List.of(
            TestUser.anotherNumber(),
            disabled.number(),
            twice.number(),
            unproven.number(),
            landline)) {
      try (TestBrowser other = new TestBrowser()) {
        other.open().enterNumber("EE", number);
        assertThat(other.has("code")).isTrue();
        assertThat(other.enterCode("123456").text()).contains("4 attempts");
      }
    }
    // The dispatcher is asked in turn: once this one is there, no other is under way
    browser.open().enterNumber("EE", known.number());
    known.code(1);
    assertThat(TestServer.SIMULATOR.requests()).isEqualTo(before + 1);
  }

  @Test
  void anAttributeIdentifiesNobody() {
    TestUser victim = TestUser.withNumber(realm.admin());
    TestUser forger = TestUser.withoutNumber(realm.admin());
    UserRepresentation account = forger.admin().toRepresentation();
    account.setAttributes(
        new HashMap<>(
            Map.of(
                "phoneNumber", List.of(victim.number()), "phoneNumberVerified", List.of("true"))));
    forger.admin().update(account);

    browser.open().enterNumber("EE", victim.number());
    assertThat(browser.enterCode(victim.code(1)).isLoggedIn()).isTrue();

    assertThat(events("LOGIN", victim.id())).hasSize(1);
    assertThat(events("LOGIN", forger.id())).isEmpty();
  }

  @Test
  void whatIsNoNumberIsSaid() {
    browser.open().enterNumber("EE", "nobody");
    assertThat(browser.text()).contains("does not look like a phone number");
    browser.enterNumber("EE", "512");
    assertThat(browser.text()).contains("too short");
    browser.enterNumber("EE", "");
    assertThat(browser.text()).contains("enter your mobile number");
  }

  @Test
  void anotherNumberMayBeTyped() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", TestUser.anotherNumber());

    browser.press("changeNumber").enterNumber("EE", user.number());

    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
  }

  @Test
  void attemptsAreNotRefilledByAnotherNumber() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", TestUser.anotherNumber());
    for (int i = 0; i < 4; i++) {
      browser.enterCode("123456");
    }

    browser.press("changeNumber").enterNumber("EE", user.number());

    assertThat(browser.enterCode(TestUser.wrong(user.code(1))).text()).contains("too many wrong");
  }

  @Test
  void theCodeOfOneNumberIsWorthlessForAnother() {
    TestUser user = TestUser.withNumber(realm.admin());
    TestUser victim = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String code = user.code(1);

    browser.press("changeNumber").enterNumber("EE", victim.number());

    assertThat(browser.enterCode(code).isLoggedIn()).isFalse();
  }

  @Test
  void aCodeIsGoodInItsOwnTabAndSessionOnly() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String code = user.code(1);
    try (TestBrowser other = new TestBrowser()) {
      // The same number, typed elsewhere: too early for a second message
      other.open().enterNumber("EE", user.number());
      assertThat(other.has("code")).isFalse();
      other.post(Map.of("code", code));
      assertThat(other.isLoggedIn()).isFalse();
    }
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
  }

  @Test
  void manyRightAnswersAtOnceAreOneLoginAndManyWrongOnesFiveGuesses() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String code = user.code(1);

    assertThat(browser.loginsByPostsAtOnce(browser.formAction(), code, 8)).isLessThanOrEqualTo(1);

    TestUser second = TestUser.withNumber(realm.admin());
    try (TestBrowser other = new TestBrowser()) {
      other.open().enterNumber("EE", second.number());
      String wrong = TestUser.wrong(second.code(1));
      String action = other.formAction();
      AtOnce.run(12, i -> () -> other.postCode(action, wrong));
      assertThat(
              events("LOGIN_ERROR", second.id()).stream()
                  .filter(it -> !it.getDetails().containsKey("smspm_reason"))
                  .count())
          .isLessThanOrEqualTo(5);
    }
  }

  @Test
  void wrongCodesAreNoFailuresOfTheAccount() {
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.setBruteForceProtected(true);
    settings.setFailureFactor(2);
    realm.admin().update(settings);
    try {
      TestUser user = TestUser.withNumber(realm.admin());
      browser.open().enterNumber("EE", user.number());
      String code = user.code(1);
      for (int i = 0; i < 4; i++) {
        browser.enterCode(TestUser.wrong(code));
      }
      assertThat(realm.admin().attackDetection().bruteForceUserStatus(user.id()))
          .containsEntry("numFailures", 0);
      assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    } finally {
      settings.setBruteForceProtected(false);
      realm.admin().update(settings);
    }
  }

  @Test
  void manyWrongCodesCloseThisDoorAloneAndAnAdminOpensIt() {
    TestUser user = TestUser.withNumber(realm.admin());
    for (int login = 0; login < 2; login++) {
      new ServerClock(admin).moveTo(login * 61);
      try (TestBrowser stranger = new TestBrowser()) {
        stranger.open().enterNumber("EE", user.number());
        for (int i = 0; i < 5; i++) {
          stranger.enterCode("000000");
        }
      }
    }
    new ServerClock(admin).moveTo(183);
    browser.open().enterNumber("EE", user.number());
    assertThat(browser.text()).contains("paused");
    try (TestBrowser password = new TestBrowser()) {
      password.open().tryAnotherWay().choose("Username and password");
      password.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
      assertThat(password.isLoggedIn()).isTrue();
    }

    assertThat(new AdminApi(admin).get("users/" + user.id() + "/lock"))
        .contains("\"pauseSeconds\":0", "\"suspended\":false", "\"openClosed\":false")
        .doesNotContain("\"openPauseSeconds\":0");
    assertThat(new AdminApi(admin).delete("users/" + user.id() + "/lock")).isEqualTo(204);
    assertThat(new AdminApi(admin).get("users/" + user.id() + "/lock"))
        .contains("\"openPauseSeconds\":0");

    try (TestBrowser again = new TestBrowser()) {
      again.open().enterNumber("EE", user.number());
      assertThat(again.enterCode(user.code(3)).isLoggedIn()).isTrue();
    }
  }

  @Test
  void aUserWhoIsDisabledMeanwhileIsNotLoggedIn() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String code = user.code(1);
    UserRepresentation account = user.admin().toRepresentation();
    account.setEnabled(false);
    user.admin().update(account);

    assertThat(browser.enterCode(code).isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("4 attempts");
  }

  @Test
  void aNumberThatIsRemovedMeanwhileLogsNobodyIn() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String code = user.code(1);

    user.admin().removeCredential(user.phones().get(0).getId());

    assertThat(browser.enterCode(code).isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("4 attempts");
  }

  @Test
  void whoIsLoggedInCannotBecomeSomebodyElseByANumber() {
    TestUser user = TestUser.withNumber(realm.admin());
    TestUser other = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number()).enterCode(user.code(1));

    browser.open("prompt", "login").enterNumber("EE", other.number());

    assertThat(browser.has("code")).isTrue();
    assertThat(browser.enterCode("123456").isLoggedIn()).isFalse();
    assertThat(other.messages()).isZero();
    new ServerClock(admin).moveTo(60);
    browser.press("changeNumber").enterNumber("EE", user.number());
    assertThat(browser.enterCode(user.code(2)).isLoggedIn()).isTrue();
  }

  @Test
  void aUsernameGoesOnToThePasswordAndLogsNobodyInByItself() {
    OpenDoors.loginByPhone(realm.admin(), "either", EITHER, OpenDoors.PASSWORD_ONLY);
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open();
    assertThat(browser.text()).contains("Username or mobile number");

    browser.enterNumber("EE", user.name());
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.has("password")).isTrue();
    assertThat(browser.html()).contains("value=\"" + user.name() + "\"");
    browser.enter(Map.of("password", "wrong"), "login");
    assertThat(browser.isLoggedIn()).isFalse();
    browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.messages()).isZero();
  }

  @Test
  void aUsernameThatNobodyHasGoesOnJustAsWell() {
    OpenDoors.loginByPhone(realm.admin(), "either unknown", EITHER, OpenDoors.PASSWORD_ONLY);

    browser.open().enterNumber("EE", "nobody-has-this");

    assertThat(browser.has("password")).isTrue();
    assertThat(browser.html()).contains("value=\"nobody-has-this\"");
  }

  @Test
  void aNumberInTheFormForBothLogsInToo() {
    OpenDoors.loginByPhone(realm.admin(), "either number", EITHER, OpenDoors.PASSWORD_ONLY);
    TestUser user = TestUser.withNumber(realm.admin());

    browser.open().enterNumber("EE", user.number());

    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
  }

  @Test
  void aUsernameIsNoNumberWhereNoOtherWayFollows() {
    TestUser user = TestUser.withNumber(realm.admin());
    TestFlow.create(realm.admin(), "alone")
        .step("smspm-phone-login", "ALTERNATIVE")
        .configure(EITHER);
    OpenDoors.bindBrowser(realm.admin(), "alone");

    browser.open().enterNumber("EE", user.name());
    assertThat(browser.text()).contains("does not look like a phone number");

    TestFlow.create(realm.admin(), "required")
        .step("smspm-phone-login", "REQUIRED")
        .configure(EITHER);
    OpenDoors.bindBrowser(realm.admin(), "required");
    try (TestBrowser other = new TestBrowser()) {
      other.open().enterNumber("EE", user.name());
      assertThat(other.text()).contains("does not look like a phone number");
      assertThat(other.isLoggedIn()).isFalse();
    }
  }

  @Test
  void aHintIsFilledInWhereItIsANumber() {
    String number = TestUser.anotherNumber();
    assertThat(browser.open("login_hint", number.replace("+", "%2B")).html())
        .contains("value=\"" + number + "\"");
    try (TestBrowser other = new TestBrowser()) {
      assertThat(other.open("login_hint", "somebody").html()).doesNotContain("somebody\"");
    }
  }

  @Test
  void anotherWayIsOneClickAwayBothTimes() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open();
    assertThat(browser.offersAnotherWay()).isTrue();
    browser.enterNumber("EE", user.number());
    user.code(1);

    browser.tryAnotherWay();
    assertThat(browser.text()).contains("Sign in with your phone");
    browser.choose("Username and password");
    browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    assertThat(browser.isLoggedIn()).isTrue();
  }

  @Test
  void thePageLeadsToRegistrationAndToAForgottenPassword() {
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.setRegistrationAllowed(true);
    settings.setResetPasswordAllowed(true);
    settings.setRememberMe(true);
    realm.admin().update(settings);
    try {
      browser.open();
      assertThat(browser.html()).contains("/registration?", "/reset-credentials?");
      assertThat(browser.has("rememberMe")).isTrue();
    } finally {
      settings.setRegistrationAllowed(false);
      settings.setResetPasswordAllowed(false);
      settings.setRememberMe(false);
      realm.admin().update(settings);
    }
  }

  @Test
  void passkeysAreOfferedWhereTheRealmHasThem() {
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.setWebAuthnPolicyPasswordlessPasskeysEnabled(true);
    realm.admin().update(settings);
    try {
      TestUser user = TestUser.withNumber(realm.admin());
      browser.open();
      assertThat(browser.html())
          .contains("id=\"authenticateWebAuthnButton\"", "autocomplete=\"tel webauthn\"");

      // An answer that is none leads back, and the number is still a way
      browser.post(Map.of("error", "NotAllowedError"));
      assertThat(browser.isLoggedIn()).isFalse();
      browser.open().enterNumber("EE", user.number());
      assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
    } finally {
      settings.setWebAuthnPolicyPasswordlessPasskeysEnabled(false);
      realm.admin().update(settings);
    }
  }

  @Test
  void theBackButtonAndAReplayLogNobodyInAgain() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.open().enterNumber("EE", user.number());
    String code = user.code(1);
    String action = browser.formAction();
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();

    try (TestBrowser thief = new TestBrowser()) {
      assertThat(thief.open().postCode(action, code)).doesNotContain("code=");
    }
    assertThat(browser.postCode(action, code)).doesNotContain("code=");
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void aFlowWithoutPagesIsRefusedAndSendsNothing() throws Exception {
    TestUser user = TestUser.withNumber(realm.admin());
    TestFlow.create(realm.admin(), "grant").step("smspm-phone-login", "REQUIRED");
    TestAccount.allowPasswordGrant(realm.admin());
    RealmRepresentation settings = realm.admin().toRepresentation();
    String before = settings.getDirectGrantFlow();
    settings.setDirectGrantFlow("grant");
    realm.admin().update(settings);
    try {
      assertThat(TestFlows.directGrant(user)).contains("needs a page");
      assertThat(user.messages()).isZero();
    } finally {
      settings.setDirectGrantFlow(before);
      realm.admin().update(settings);
    }
  }

  /** Whether the number has to wait for its next message. */
  private boolean waits(TestUser user) {
    return server.fetch(BudgetsOnServer.waits(user.number()), Boolean.class);
  }

  private List<EventRepresentation> events(String type, String userId) {
    return realm.admin().getEvents(List.of(type), null, userId, null, null, null, 0, 100);
  }
}
