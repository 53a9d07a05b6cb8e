package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Somebody knows the password and guesses the code; Keycloak's own detection is off. */
@KeycloakIntegrationTest(config = TestServer.class)
class GuessingIT {

  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;
  private static final String A_GUESS = "000000";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @AfterEach
  void goOnAsUsual() {
    moveTo(0);
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
  }

  @Test
  void twoHundredGuessesOnOneChallengeAreFiveAtMost() {
    TestUser user = TestUser.withNumber(realm.admin());
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      String code = user.code(1);
      String wrong = TestUser.wrong(code);

      for (int round = 0; round < 10; round++) {
        String action = browser.refresh().has("code") ? browser.formAction() : null;
        if (action == null) {
          break;
        }
        AtOnce.run(20, i -> () -> browser.postCode(action, wrong));
      }
      browser.refresh();

      assertThat(guesses(user)).isBetween(1, 5);
      assertThat(browser.has("code")).isFalse();
      assertThat(browser.text()).contains("too many wrong codes");
      assertThat(
              browser.loginsByPostsAtOnce(
                  browser.html().replaceAll("(?s).*action=\"([^\"]*)\".*", "$1"), code, 1))
          .isZero();
    }
  }

  /**
   * Messages that were surely not sent cost no budget: so it is the guesses themselves that must be
   * bounded, not the messages that they need.
   */
  @Test
  void guessesOverFreshSessionsAreTenInTenMinutesAndFewInADay() {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    TestUser user = TestUser.withNumber(realm.admin());

    for (int second = 0; second < 10 * MINUTE; second += MINUTE) {
      guessInAFreshSession(user, second);
    }
    assertThat(guesses(user)).isEqualTo(10);

    for (int second = 10 * MINUTE; second < 24 * HOUR; second += 10 * MINUTE) {
      guessInAFreshSession(user, second);
    }
    assertThat(guesses(user)).isBetween(30, 60);
  }

  @Test
  void aPauseClosesTheSmsStepAndNothingElseAndEndsByItself() {
    TestUser user = TestUser.withNumber(realm.admin());
    failTenTimes(user);
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      assertThat(browser.text()).contains("paused");
      assertThat(browser.has("code")).isFalse();
      assertThat(browser.has("resend")).isFalse();

      moveTo(70 + 10 * MINUTE);
      browser.refresh().press("resend");

      assertThat(browser.enterCode(user.code(3)).isLoggedIn()).isTrue();
    }
    // A right code has ended the streak: ten more are possible before the next pause
    assertThat(lock(user)).contains("\"pauseSeconds\":0");
    moveTo(HOUR + 20 * MINUTE);
    failFiveTimes(user, 4);
    assertThat(lock(user)).contains("\"pauseSeconds\":0");
  }

  @Test
  void parallelSessionsGetNoMoreGuessesThanOne() {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    TestUser user = TestUser.withNumber(realm.admin());
    List<TestBrowser> browsers = AtOnce.run(20, i -> () -> new TestBrowser());
    for (TestBrowser browser : browsers) {
      browser.signIn(user);
      Eventually.holds(() -> browser.refresh().text().contains("could not send"));
    }

    AtOnce.run(
        browsers.size(),
        i -> {
          String action = browsers.get(i).formAction();
          return () -> browsers.get(i).postCode(action, A_GUESS);
        });

    browsers.forEach(TestBrowser::close);
    assertThat(guesses(user)).isEqualTo(10);
  }

  @Test
  void aHundredFailuresSwitchCodesOffUntilAnAdminSwitchesThemOn() {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    TestUser user = TestUser.withNumber(realm.admin());
    int now = 0;
    for (int second = 0; second < 5 * MINUTE; second += MINUTE) {
      guessInAFreshSession(user, second);
    }
    while (guesses(user) < 100 && now < 120 * HOUR) {
      now += 61 * MINUTE;
      guessInAFreshSession(user, now);
    }
    assertThat(guesses(user)).isEqualTo(100);
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    moveTo(now + 48 * HOUR);

    assertThat(user.phones().get(0).getCredentialData()).contains("suspendedAt");
    assertThat(lock(user)).contains("\"suspended\":true");
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      assertThat(browser.text()).contains("paused");
      assertThat(user.messages()).isZero();
      assertThat(browser.has("phoneNumber")).isFalse();
    }
    assertThat(new AdminApi(admin).delete("users/" + user.id() + "/lock")).isEqualTo(204);

    assertThat(user.phones().get(0).getCredentialData()).doesNotContain("suspendedAt");
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
    }
  }

  @Test
  void whoMayNotManageUsersCannotUnlockThem() {
    TestUser user = TestUser.withNumber(realm.admin());

    assertThat(new AdminApi(admin).deleteAsNobody("users/" + user.id() + "/lock")).isEqualTo(401);
    assertThat(new AdminApi(admin).delete("users/nobody/lock")).isEqualTo(404);
  }

  @Test
  void wrongCodesOfAnEnrolmentCloseItAndNotTheLogin() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    for (int round = 0; round < 2; round++) {
      try (TestBrowser browser = new TestBrowser()) {
        String number = TestUser.anotherNumber();
        browser.signIn(user).enterNumber("EE", number);
        String wrong = TestUser.wrong(TestUser.codeTo(number, 1));
        for (int i = 0; i < 5; i++) {
          browser.enterCode(wrong);
        }
      }
    }
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user).enterNumber("EE", user.number());
      assertThat(browser.text()).contains("paused");
      assertThat(user.messages()).isZero();
    }
    UserRepresentation enrolled = user.admin().toRepresentation();
    enrolled.setCredentials(List.of(TestUser.phone(user.number())));
    user.admin().update(enrolled);

    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
    }
  }

  @Test
  void aStrangerWhoHasForgottenSomebodysPasswordKeepsNobodyFromLoggingIn() {
    OpenDoors.resetBySms(realm.admin(), "reset by SMS", Map.of());
    TestUser victim = TestUser.withNumber(realm.admin());
    int sent = 0;
    for (int second = 0; second < 12 * 5 * MINUTE; second += 5 * MINUTE) {
      moveTo(second);
      try (TestBrowser stranger = new TestBrowser()) {
        stranger.open().forgotPassword();
        stranger.enter(Map.of("username", victim.name()), null);
        if (stranger.has("code")) {
          sent++;
          String wrong = TestUser.wrong(victim.code(sent));
          for (int i = 0; i < 5 && stranger.has("code"); i++) {
            stranger.enterCode(wrong);
          }
          assertThat(stranger.isLoggedIn()).isFalse();
        }
      }
    }
    assertThat(sent).isBetween(2, 3);

    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(victim);
      assertThat(browser.enterCode(victim.code(sent + 1)).isLoggedIn()).isTrue();
    }
    assertThat(lock(victim)).contains("\"pauseSeconds\":0");
  }

  private void failTenTimes(TestUser user) {
    failFiveTimes(user, 1);
    moveTo(70);
    failFiveTimes(user, 2);
  }

  private void failFiveTimes(TestUser user, int message) {
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      String wrong = TestUser.wrong(user.code(message));
      for (int i = 0; i < 5; i++) {
        browser.enterCode(wrong);
      }
    }
  }

  private void moveTo(int second) {
    new ServerClock(admin).moveTo(second);
  }

  /** As many guesses as one login allows. */
  private void guessInAFreshSession(TestUser user, int second) {
    moveTo(second);
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      for (int i = 0; i < 5 && browser.has("code"); i++) {
        browser.enterCode(A_GUESS);
      }
    }
  }

  /** Codes that were compared and were wrong. */
  private int guesses(TestUser user) {
    List<EventRepresentation> errors =
        realm.admin().getEvents(List.of("LOGIN_ERROR"), null, user.id(), null, null, null, 0, 1000);
    return (int)
        errors.stream()
            .filter(it -> "invalid_user_credentials".equals(it.getError()))
            .filter(it -> !it.getDetails().containsKey("smspm_reason"))
            .count();
  }

  private String lock(TestUser user) {
    return new AdminApi(admin).get("users/" + user.id() + "/lock");
  }
}
