package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Keycloak's own brute-force detection hears of wrong codes, and of right ones. */
@KeycloakIntegrationTest(config = TestServer.class)
class BruteForceIT {

  private static final int THREE_FAILURES = 3;
  private static final int LOCK_SECONDS = 120;

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();

  @BeforeEach
  void detectionIsOn() {
    change(
        it -> {
          it.setBruteForceProtected(true);
          it.setFailureFactor(THREE_FAILURES);
          it.setWaitIncrementSeconds(LOCK_SECONDS);
          it.setMaxFailureWaitSeconds(LOCK_SECONDS);
          it.setQuickLoginCheckMilliSeconds(0L);
        });
  }

  @AfterEach
  void detectionIsOff() {
    new ServerClock(admin).moveTo(0);
    change(
        it -> {
          it.setBruteForceProtected(false);
          it.setMaxSecondaryAuthFailures(0);
        });
    browser.close();
  }

  @Test
  void theThirdWrongCodeLocksAndTheLockLooksLikeAWrongCodeAndEnds() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user);
    String code = user.code(1);
    for (int failure = 1; failure <= THREE_FAILURES; failure++) {
      browser.enterCode(TestUser.wrong(code));
      int counted = failure;
      Eventually.holds(() -> failures(user) == counted);
    }
    assertThat(isDisabled(user)).isTrue();

    browser.enterCode(code);
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("not right").contains("one attempt left");
    assertThat(failures(user)).isEqualTo(THREE_FAILURES);

    new ServerClock(admin).moveTo(LOCK_SECONDS + 5);
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    Eventually.holds(() -> failures(user) == 0);
  }

  @Test
  void whatIsNoCodeIsNoFailure() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user);
    String code = user.code(1);
    for (int i = 0; i < 5; i++) {
      browser.enterCode("12345");
      browser.enterCode("");
    }

    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    assertThat(failures(user)).isZero();
  }

  /**
   * Keycloak's permanent limit counts failures of second factors that no good login has cleared.
   */
  @Test
  void goodLoginsInBetweenKeepFailuresFromAddingUp() {
    change(it -> it.setMaxSecondaryAuthFailures(2));
    TestUser user = TestUser.withNumber(realm.admin());
    for (int login = 1; login <= 3; login++) {
      new ServerClock(admin).moveTo(login * 600);
      try (TestBrowser fresh = new TestBrowser()) {
        fresh.signIn(user);
        String code = user.code(login);
        fresh.enterCode(TestUser.wrong(code));
        Eventually.holds(() -> failures(user) == 1);
        assertThat(fresh.enterCode(code).isLoggedIn()).isTrue();
        Eventually.holds(() -> failures(user) == 0);
      }
    }
    assertThat(user.admin().toRepresentation().isEnabled()).isTrue();
  }

  @Test
  void withoutGoodLoginsInBetweenTheyAddUp() {
    change(
        it -> {
          it.setMaxSecondaryAuthFailures(2);
          it.setFailureFactor(30);
        });
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user);
    String wrong = TestUser.wrong(user.code(1));
    for (int i = 0; i < 3; i++) {
      browser.enterCode(wrong);
    }

    Eventually.holds(() -> !user.admin().toRepresentation().isEnabled());
  }

  @Test
  void anAdminWhoUnlocksInKeycloaksConsoleEndsThePauseOfOurOwnToo() {
    change(it -> it.setFailureFactor(30));
    TestUser user = TestUser.withNumber(realm.admin());
    for (int login = 1; login <= 2; login++) {
      new ServerClock(admin).moveTo(login * 600);
      try (TestBrowser fresh = new TestBrowser()) {
        fresh.signIn(user);
        String wrong = TestUser.wrong(user.code(login));
        for (int i = 0; i < 5; i++) {
          fresh.enterCode(wrong);
        }
      }
    }
    AdminApi ours = new AdminApi(admin);
    assertThat(ours.get("users/" + user.id() + "/lock")).doesNotContain("\"pauseSeconds\":0");

    realm.admin().attackDetection().clearBruteForceForUser(user.id());

    assertThat(ours.get("users/" + user.id() + "/lock")).contains("\"pauseSeconds\":0");
  }

  private void change(Consumer<RealmRepresentation> change) {
    RealmRepresentation settings = realm.admin().toRepresentation();
    change.accept(settings);
    realm.admin().update(settings);
  }

  private int failures(TestUser user) {
    return (int) status(user, "numFailures");
  }

  private boolean isDisabled(TestUser user) {
    return (boolean) status(user, "disabled");
  }

  private Object status(TestUser user, String what) {
    return realm.admin().attackDetection().bruteForceUserStatus(user.id()).get(what);
  }
}
