package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Every door spends from the same purse, and no stranger empties it. */
@KeycloakIntegrationTest(config = TestServer.class)
class AllDoorsIT {

  private static final String PHONE = "every door phone";
  private static final int FIVE_MINUTES = 300;

  /** Within an hour, and more than there are messages. */
  private static final int ROUNDS = 7;

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @BeforeEach
  void theFlows() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
    if (realm.admin().flows().getFlows().stream().noneMatch(it -> PHONE.equals(it.getAlias()))) {
      OpenDoors.loginByPhone(realm.admin(), PHONE);
      OpenDoors.resetBySms(realm.admin(), "every door reset", Map.of());
    }
  }

  @AfterEach
  void theClockAgain() {
    new ServerClock(admin).moveTo(0);
  }

  @Test
  void allDoorsTogetherSendOneNumberNoMoreThanItsBudget() {
    TestUser user = TestUser.withNumber(realm.admin());
    for (int round = 0; round < ROUNDS; round++) {
      new ServerClock(admin).moveTo(round * FIVE_MINUTES);
      strangersTryEverything(user, 0);
      logIn(user).close();
    }
    // Another user's message is behind all of them in the dispatcher's queue
    TestUser last = TestUser.withNumber(realm.admin());
    logIn(last).close();
    last.code(1);

    assertThat(user.messages()).isEqualTo(5);
  }

  @Test
  void strangersAtOpenDoorsSpendThreeOfThemTogether() {
    TestUser user = TestUser.withNumber(realm.admin());
    for (int round = 0; round < ROUNDS; round++) {
      new ServerClock(admin).moveTo(round * FIVE_MINUTES);
      strangersTryEverything(user, 0);
    }
    TestUser last = TestUser.withNumber(realm.admin());
    logIn(last).close();
    last.code(1);

    assertThat(user.messages()).isEqualTo(3);
  }

  @Test
  void noStrangerKeepsAUserFromLoggingInWithPasswordAndCode() {
    TestUser user = TestUser.withNumber(realm.admin());
    for (int round = 0; round < ROUNDS; round++) {
      new ServerClock(admin).moveTo(round * FIVE_MINUTES);
      strangersTryEverything(user, 5);
    }

    // At once, and without a wait
    int before = user.messages();
    assertThat(before).isBetween(2, 3);
    try (TestBrowser browser = logIn(user)) {
      assertThat(browser.enterCode(user.code(before + 1)).isLoggedIn()).isTrue();
    }
    assertThat(new AdminApi(admin).get("users/" + user.id() + "/lock"))
        .contains("\"pauseSeconds\":0");
  }

  /** Phone login, reset, enrolment and sign-up, each with so many wrong codes. */
  private void strangersTryEverything(TestUser user, int guesses) {
    OpenDoors.bindBrowser(realm.admin(), PHONE);
    try (TestBrowser phone = new TestBrowser()) {
      guess(guesses, phone.open().enterNumber("EE", user.number()));
    }
    try (TestBrowser reset = new TestBrowser()) {
      guess(guesses, reset.open().forgotPassword().enter(Map.of("username", user.name()), null));
    }
    OpenDoors.bindBrowser(realm.admin(), "browser with SMS");
    try (TestBrowser enrolment = new TestBrowser()) {
      guess(
          guesses,
          enrolment.signIn(TestUser.withoutNumber(realm.admin())).enterNumber("EE", user.number()));
    }
    try (TestBrowser signUp = new TestBrowser()) {
      Map<String, String> fields =
          SignUp.somebody(realm.admin()).fields("phoneNumber", user.number());
      guess(guesses, signUp.open().register().enter(fields, null));
    }
  }

  private static void guess(int guesses, TestBrowser browser) {
    for (int i = 0; i < guesses && browser.has("code"); i++) {
      browser.enterCode("000000");
    }
    assertThat(browser.isLoggedIn()).isFalse();
  }

  private TestBrowser logIn(TestUser user) {
    OpenDoors.bindBrowser(realm.admin(), "browser with SMS");
    return new TestBrowser().signIn(user);
  }
}
