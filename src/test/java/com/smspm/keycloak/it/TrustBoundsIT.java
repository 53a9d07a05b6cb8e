package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.htmlunit.util.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** What a trusted device is not good for, and what is no trusted device. */
@KeycloakIntegrationTest(config = TestServer.class)
class TrustBoundsIT {

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();
  private TrustedBrowser device;
  private TestUser user;

  @BeforeEach
  void aUserWithANumberAndThirtyDays() {
    device = new TrustedBrowser(realm.admin(), browser);
    user = TestUser.withNumber(realm.admin());
    device.bind("30", Map.of());
  }

  @AfterEach
  void now() {
    browser.close();
    new ServerClock(admin).moveTo(0);
  }

  @Test
  void whatOneUserTrustsIsWorthNothingToAnother() {
    TestUser thief = TestUser.withNumber(realm.admin());
    device.trust(user);
    String own = device.cookie().getValue();
    try (TestBrowser another = new TestBrowser()) {
      another.signIn(thief).tick("trustDevice").enterCode(thief.code(1));
      String name = another.cookies(TrustedBrowser.COOKIE).get(0).getName();

      another
          .keepOnly(TrustedBrowser.COOKIE)
          .takeCookie(name, own, TrustedBrowser.PATH)
          .signIn(thief);

      assertThat(another.isLoggedIn()).isFalse();
      assertThat(TrustedBrowser.devices(user)).hasSize(1);
      assertThat(TrustedBrowser.devices(thief)).hasSize(1);
    }
  }

  @Test
  void whatAnAttackerPlantsIsNotTakenOver() {
    browser.signIn(user).tick("trustDevice").enterCode(user.code(1));
    Cookie real = device.cookie();
    try (TestBrowser victim = new TestBrowser()) {
      String planted = "A".repeat(43) + "." + "B".repeat(43);
      new ServerClock(admin).moveTo(61);
      victim.takeCookie(real.getName(), planted, TrustedBrowser.PATH).signIn(user);
      victim.tick("trustDevice").enterCode(user.code(2));

      assertThat(victim.isLoggedIn()).isTrue();
      assertThat(victim.cookies(TrustedBrowser.COOKIE).get(0).getValue())
          .doesNotContain("AAAA", "BBBB");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "x", "%00", "../../..", "'; drop table credential; --", "long", "longer"})
  void aHostileCookieOpensNothing(String value) {
    device.trust(user);
    String name = device.cookie().getName();
    String hostile =
        switch (value) {
          case "long" -> "A".repeat(43) + "." + "B".repeat(3_000);
          case "longer" -> device.cookie().getValue() + "A";
          default -> value;
        };
    new ServerClock(admin).moveTo(61);
    try (TestBrowser another = new TestBrowser()) {
      another.takeCookie(name, hostile, TrustedBrowser.PATH).signIn(user);

      assertThat(another.status()).isLessThan(500);
      assertThat(another.has("code")).isTrue();
    }
    assertThat(device.again(user).isLoggedIn()).isTrue();
  }

  @Test
  void aHigherLevelAsksForACode() {
    device.trust(user);
    new ServerClock(admin).moveTo(61);

    browser
        .keepOnly(TrustedBrowser.COOKIE)
        .open("acr_values", "2")
        .enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    assertThat(browser.has("code")).isTrue();
    assertThat(device.again(user).isLoggedIn()).isTrue();
  }

  /** Its level would be given to the login though nobody asked for it and nothing was shown. */
  @Test
  void aSubFlowForAHigherLevelAsksForACode() {
    device.trust(user);
    new ServerClock(admin).moveTo(61);
    TestFlow.bind(
        realm.admin(),
        "higher level",
        flow ->
            flow.sub(
                "CONDITIONAL",
                level ->
                    level
                        .step("conditional-level-of-authentication", "REQUIRED")
                        .configure(Map.of("loa-condition-level", "2", "loa-max-age", "0"))
                        .sub(
                            "CONDITIONAL",
                            it -> TrustedBrowser.unlessTrusted(it, "30", Map.of()))));

    assertThat(device.again(user).has("code")).isTrue();
  }

  /** It would set up or replace the factor that was left out. */
  @ParameterizedTest
  @ValueSource(strings = {"smspm-phone-number", "CONFIGURE_TOTP"})
  void anActionThatIsAskedForAsksForACode(String action) {
    device.trust(user);
    new ServerClock(admin).moveTo(61);

    browser
        .keepOnly(TrustedBrowser.COOKIE)
        .open("kc_action", action)
        .enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    assertThat(browser.has("code")).isTrue();
    assertThat(browser.has("phoneNumber")).isFalse();
    assertThat(browser.has("totp")).isFalse();
  }

  @Test
  void aNameAloneIsNoFirstFactor() {
    device.trust(user);
    new ServerClock(admin).moveTo(61);
    TestFlow.bind(
        realm.admin(),
        "name alone",
        "auth-username-form",
        flow -> flow.sub("CONDITIONAL", it -> TrustedBrowser.unlessTrusted(it, "30", Map.of())));

    browser.keepOnly(TrustedBrowser.COOKIE).open().enter(Map.of("username", user.name()), "login");

    assertThat(browser.has("code")).isTrue();
    assertThat(browser.has("trustDevice")).isFalse();
    browser.post(Map.of("code", user.code(2), "trustDevice", "on"));
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(TrustedBrowser.devices(user)).hasSize(1);
  }

  @Test
  void aNameAndThenAPasswordAreAFirstFactor() {
    device.trust(user);
    TestFlow.bind(
        realm.admin(),
        "name and password",
        "auth-username-form",
        flow ->
            flow.step("auth-password-form", "REQUIRED")
                .sub("CONDITIONAL", it -> TrustedBrowser.unlessTrusted(it, "30", Map.of())));

    browser.keepOnly(TrustedBrowser.COOKIE).open().enter(Map.of("username", user.name()), "login");
    browser.enter(Map.of("password", TestUser.PASSWORD), "login");

    assertThat(browser.isLoggedIn()).isTrue();
  }

  @Test
  void negatedItNeverAsksOnTrustedDevicesOnly() {
    device.bind("30", Map.of("negate", "true"));

    browser.signIn(user);

    assertThat(browser.has("code")).isTrue();
  }

  @Test
  void negatedItRunsWhatAsksForNothingOnTrustedDevicesOnly() {
    device.trust(user);
    TestFlow.bind(
        realm.admin(),
        "denied",
        flow ->
            flow.sub(
                "CONDITIONAL",
                it ->
                    it.step(TrustedBrowser.CONDITION, "REQUIRED")
                        .configure(Map.of("negate", "true"))
                        .step("deny-access-authenticator", "REQUIRED")));
    assertThat(device.again(user).isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("denied");

    browser.keepOnly("nothing").signIn(user);

    assertThat(browser.isLoggedIn()).isTrue();
  }

  @Test
  void aSettingThatCannotBeTrustsNothing() {
    device.trust(user);
    new ServerClock(admin).moveTo(61);

    device.bind("30", Map.of("negate", "perhaps"));

    assertThat(device.again(user).has("code")).isTrue();
  }
}
