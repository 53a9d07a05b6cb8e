package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/**
 * Who has the SIM and nothing else, and mixes cookies so that the session which the number has
 * begun is not found again.
 */
@KeycloakIntegrationTest(config = TestServer.class)
class TwoSessionsIT {

  private static final String NONE = "already used a code by SMS, and this step needs something";
  private static final String LOGIN = "AUTH_SESSION_ID";
  private static final String IDENTITY = "KEYCLOAK_IDENTITY";
  private static final AtomicInteger FLOWS = new AtomicInteger();

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserAndAThief() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
    user = TestUser.withNumber(realm.admin(), TestFactors.totp());
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void aSessionIsKnownByItsIdentityToo() {
    levels(two -> two.step("smspm-code", "REQUIRED"));
    loginByPhone();
    beginElsewhere();

    browser.open("acr_values", "2");

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains(NONE);
    assertThat(user.messages()).isEqualTo(1);
  }

  /** The step looked once and must not look away. */
  @Test
  void anIdentityThatIsTakenAwayInBetweenChangesNothing() {
    levels(two -> two.step("smspm-code", "REQUIRED"));
    loginByPhone();
    beginElsewhere();
    String again = browser.openedLogin("acr_values", "2");

    browser.dropCookies(IDENTITY).go(again);

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.has("code")).isFalse();
    assertThat(user.messages()).isEqualTo(1);
  }

  /** Nor where it comes to the step only then. */
  @Test
  void norDoesItBeforeTheStepHasLooked() {
    levels(
        two ->
            two.sub(
                "REQUIRED",
                either ->
                    either.step("auth-otp-form", "ALTERNATIVE").step("smspm-code", "ALTERNATIVE")));
    loginByPhone();
    beginElsewhere();
    user.admin().moveCredentialToFirst(user.credentials("otp").get(0).getId());
    browser.open("acr_values", "2");
    assertThat(browser.text()).contains("One-time code");

    browser.dropCookies(IDENTITY).tryAnotherWay().choose("Code by SMS");

    assertThat(browser.has("code")).isFalse();
    assertThat(user.messages()).isEqualTo(1);
  }

  /** The action ends in a session of its own, which must not have forgotten. */
  @Test
  void aPasswordThatIsSetBetweenTwoSessionsIsMarkedAsAny() {
    OpenDoors.loginByPhone(
        realm.admin(),
        "between two sessions",
        Map.of(),
        password -> password.step("smspm-code", "REQUIRED"));
    loginByPhone();
    beginElsewhere();
    browser.open("kc_action", "UPDATE_PASSWORD").dropCookies(IDENTITY);
    browser.enter(Map.of("password-new", "a new one", "password-confirm", "a new one"), null);
    assertThat(browser.isLoggedIn()).isTrue();

    passwordAndCodeAreRefused();
  }

  private void passwordAndCodeAreRefused() {
    try (TestBrowser other = new TestBrowser()) {
      other.open().tryAnotherWay().choose("Username and password");
      other.enter(Map.of("username", user.name(), "password", "a new one"), "login");
      assertThat(other.isLoggedIn()).isFalse();
      assertThat(other.text()).contains(NONE);
    }
    assertThat(user.messages()).isEqualTo(1);
  }

  private void loginByPhone() {
    browser.open().enterNumber("EE", user.number()).enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isTrue();
  }

  /** The browser keeps who it is, and goes on in a login that another one has begun. */
  private void beginElsewhere() {
    try (TestBrowser other = new TestBrowser()) {
      other.open();
      browser.takeCookies(other, LOGIN);
    }
  }

  private void levels(Consumer<TestFlow> second) {
    String alias = "levels between two sessions " + FLOWS.incrementAndGet();
    NumberTwiceIT.levels(
        realm.admin(), alias, one -> one.step("smspm-phone-login", "REQUIRED"), second);
  }
}
