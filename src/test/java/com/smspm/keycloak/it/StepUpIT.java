package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** A code by SMS as level 2, for those who ask for it: the ready-made flow "step-up with SMS". */
@KeycloakIntegrationTest(config = TestServer.class)
class StepUpIT {

  private static final String CLIENT = "demo-step-up";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void levelOneIsThePasswordAndSendsNothing() {
    TestUser user = TestUser.withNumber(realm.admin());

    Tokens tokens = levelOne(user);

    assertThat(tokens.id().path("acr").asText()).isEqualTo("password");
    assertThat(tokens.methods()).containsExactly("pwd");
    assertThat(user.messages()).isZero();
  }

  @Test
  void levelTwoAsksWhoIsLoggedInForTheCodeAlone() {
    TestUser user = TestUser.withNumber(realm.admin());
    long first = levelOne(user).id().path("auth_time").asLong();
    time.set(100);

    ask("acr_values", "sms");
    assertThat(browser.has("code")).isTrue();
    assertThat(browser.has("password")).isFalse();
    browser.enterCode(user.code(1));

    Tokens tokens = Tokens.of(browser, CLIENT);
    assertThat(tokens.id().path("acr").asText()).isEqualTo("sms");
    assertThat(tokens.id().path("auth_time").asLong()).isGreaterThanOrEqualTo(first + 100);
    assertThat(tokens.methods()).containsExactly("pwd", "sms", "mfa");
    assertThat(tokens.access().path("acr").asText()).isEqualTo("sms");
    time.set(200);
    Tokens refreshed = tokens.refreshed(CLIENT);
    assertThat(refreshed.id().path("acr").asText()).isEqualTo("sms");
    assertThat(refreshed.id().path("auth_time")).isEqualTo(tokens.id().path("auth_time"));
  }

  @Test
  void whoIsNotLoggedInIsAskedForBoth() {
    TestUser user = TestUser.withNumber(realm.admin());

    ask("acr_values", "sms");
    password(user);
    browser.enterCode(user.code(1));

    assertThat(Tokens.of(browser, CLIENT).id().path("acr").asText()).isEqualTo("sms");
  }

  /** Or the password alone would choose the second factor. */
  @Test
  void aChangeOfTheNumberAsksForACodeToTheOldOneFirst() {
    TestUser user = TestUser.withNumber(realm.admin());
    levelOne(user);

    ask("kc_action", "smspm-phone-number");
    assertThat(browser.has("phoneNumber")).isFalse();
    browser.enterCode(user.code(1));

    assertThat(browser.has("phoneNumber")).isTrue();
  }

  @Test
  void eachRequestForLevelTwoNeedsACodeOfItsOwn() {
    TestUser user = TestUser.withNumber(realm.admin());
    levelOne(user);
    ask("acr_values", "sms").enterCode(user.code(1));
    time.set(31);

    ask("acr_values", "sms");

    assertThat(browser.has("code")).isTrue();
    browser.enterCode(user.code(2));
    assertThat(Tokens.of(browser, CLIENT).id().path("acr").asText()).isEqualTo("sms");
  }

  @Test
  void whatAsksForNoLevelIsBackAtLevelOne() {
    TestUser user = TestUser.withNumber(realm.admin());
    levelOne(user);
    ask("acr_values", "sms").enterCode(user.code(1));

    ask();

    assertThat(Tokens.of(browser, CLIENT).id().path("acr").asText()).isEqualTo("password");
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void anEssentialClaimAsksForTheSame() {
    TestUser user = TestUser.withNumber(realm.admin());
    levelOne(user);

    ask("claims", encoded("{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"sms\"]}}}"));
    browser.enterCode(user.code(1));

    assertThat(Tokens.of(browser, CLIENT).id().path("acr").asText()).isEqualTo("sms");
  }

  @Test
  void anOldLoginIsAskedForThePasswordAgainWhereTheApplicationSetsAnAge() {
    TestUser user = TestUser.withNumber(realm.admin());
    long first = levelOne(user).id().path("auth_time").asLong();
    time.set(100);
    ask("max_age", "200");
    assertThat(Tokens.of(browser, CLIENT).id().path("auth_time").asLong()).isEqualTo(first);

    ask("max_age", "60");
    assertThat(browser.has("password")).isTrue();
    browser.enter(Map.of("password", TestUser.PASSWORD), "login");

    Tokens tokens = Tokens.of(browser, CLIENT);
    assertThat(tokens.id().path("auth_time").asLong()).isGreaterThanOrEqualTo(first + 100);
    assertThat(tokens.id().path("acr").asText()).isEqualTo("password");
  }

  @Test
  void anAgeAndLevelTwoAskForBothAgain() {
    TestUser user = TestUser.withNumber(realm.admin());
    levelOne(user);
    time.set(100);

    ask("acr_values", "sms", "max_age", "60");
    browser.enter(Map.of("password", TestUser.PASSWORD), "login");
    browser.enterCode(user.code(1));

    assertThat(Tokens.of(browser, CLIENT).id().path("acr").asText()).isEqualTo("sms");
  }

  @Test
  void aLoginThatBeginsAnewForgetsWhatWasShownBefore() {
    TestUser user = TestUser.withNumber(realm.admin());
    levelOne(user);
    ask("acr_values", "sms").enterCode(user.code(1));
    assertThat(Tokens.of(browser, CLIENT).methods()).containsExactly("pwd", "sms", "mfa");

    ask("prompt", "login");
    browser.enter(Map.of("password", TestUser.PASSWORD), "login");

    assertThat(Tokens.of(browser, CLIENT).methods()).containsExactly("pwd");
  }

  @Test
  void aWrongCodeLeavesTheSessionAtLevelOne() {
    TestUser user = TestUser.withNumber(realm.admin());
    levelOne(user);
    ask("acr_values", "sms").enterCode(TestUser.wrong(user.code(1)));
    assertThat(browser.isLoggedIn()).isFalse();

    ask();

    assertThat(Tokens.of(browser, CLIENT).id().path("acr").asText()).isEqualTo("password");
  }

  @Test
  void whoTakesTheRequestAwayGetsATokenThatSaysSo() {
    TestUser user = TestUser.withNumber(realm.admin());
    levelOne(user);

    ask("acr_values", "password");

    assertThat(Tokens.of(browser, CLIENT).id().path("acr").asText()).isEqualTo("password");
  }

  @Test
  void aClientWhoseFlowHasNoLevelsNeverGetsOneByAsking() {
    TestUser user = TestUser.withNumber(realm.admin());
    for (String level : List.of("sms", "2")) {
      try (TestBrowser other = new TestBrowser()) {
        other.open("acr_values", level);
        other.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
        other.enterCode(TestUser.codeTo(user.number(), level.equals("sms") ? 1 : 2));

        assertThat(Tokens.of(other).id().path("acr").asText()).isNotIn("sms", "2");
      }
      time.set(31);
    }
  }

  /** Level 2 is reached, since a code was entered; that it is no second factor yet is in amr. */
  @Test
  void whoSetsUpTheNumberOnTheWayHasNotShownASecondFactor() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    levelOne(user);

    ask("acr_values", "sms").enterNumber("EE", user.number());
    browser.enterCode(user.code(1));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(Tokens.of(browser, CLIENT).methods()).containsExactly("pwd", "sms");
  }

  private Tokens levelOne(TestUser user) {
    ask();
    password(user);
    assertThat(browser.isLoggedIn()).isTrue();
    return Tokens.of(browser, CLIENT);
  }

  private void password(TestUser user) {
    browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
  }

  private TestBrowser ask(String... parameters) {
    List<String> all = new ArrayList<>(List.of("client_id", CLIENT));
    all.addAll(List.of(parameters));
    return browser.open(all.toArray(String[]::new));
  }

  private static String encoded(String json) {
    return URLEncoder.encode(json, StandardCharsets.UTF_8);
  }
}
