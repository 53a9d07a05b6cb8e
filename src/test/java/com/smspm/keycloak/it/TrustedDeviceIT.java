package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.htmlunit.util.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** "Do not ask on this device again": while it holds, and all that ends it. */
@KeycloakIntegrationTest(config = TestServer.class)
class TrustedDeviceIT {

  private static final String TYPE = "smspm-trusted-device";
  private static final String COOKIE = "SMSPM_DEVICE_";
  private static final String CONDITION = "conditional-smspm-trusted-device";
  private static final String PATH = "/realms/" + DemoRealm.NAME + "/";
  private static final int DAY = 86_400;
  private static final AtomicInteger FLOWS = new AtomicInteger();

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserWithANumberAndThirtyDays() {
    user = TestUser.withNumber(realm.admin());
    bind("30", Map.of());
  }

  @AfterEach
  void now() {
    browser.close();
    new ServerClock(admin).moveTo(0);
  }

  @Test
  void aTrustedDeviceIsNotAskedAgain() {
    browser.signIn(user);
    assertThat(browser.text()).contains("Do not ask for a code on this device for 30 days");
    assertThat(browser.isTicked("trustDevice")).isFalse();
    browser.tick("trustDevice").enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isTrue();

    assertThat(again(user).isLoggedIn()).isTrue();

    assertThat(user.messages()).isEqualTo(1);
    assertThat(events("LOGIN")).anyMatch(it -> it.getDetails().containsKey("smspm_trusted_device"));
    assertThat(events("UPDATE_CREDENTIAL"))
        .anyMatch(it -> TYPE.equals(it.getDetails().get("credential_type")));
  }

  @Test
  void theDeviceIsNamedAndItsSecretShownToNobody() throws Exception {
    TestAccount.allowPasswordGrant(realm.admin());
    trust(user);

    JsonNode shown = TestAccount.of(user).type(TYPE);
    JsonNode device = shown.path("userCredentialMetadatas").path(0).path("credential");
    Cookie cookie = cookie();

    assertThat(shown.path("displayName").asText()).isEqualTo("smspm-trusted-device-display-name");
    assertThat(shown.path("removeable").asBoolean()).isTrue();
    assertThat(device.path("userLabel").asText()).isEqualTo("Chrome on Windows");
    assertThat(device.path("secretData").isNull() || device.path("secretData").isMissingNode())
        .isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Lax");
    assertThat(cookie.getPath()).isEqualTo(PATH);
    assertThat(cookie.getName()).doesNotContain(user.id()).doesNotContain(user.name());
    assertThat(devices(user).get(0).getCredentialData())
        .doesNotContain(cookie.getValue().substring(0, 43));
  }

  @Test
  void whoDoesNotChooseItIsAskedAgain() {
    browser.signIn(user).enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(browser.cookies(COOKIE)).isEmpty();
    assertThat(devices(user)).isEmpty();

    new ServerClock(admin).moveTo(61);

    assertThat(again(user).has("code")).isTrue();
  }

  @Test
  void aWrongCodeTrustsNothingAndKeepsTheChoice() {
    browser.signIn(user);
    String code = user.code(1);

    browser.tick("trustDevice").enterCode(TestUser.wrong(code));

    assertThat(browser.isTicked("trustDevice")).isTrue();
    assertThat(browser.cookies(COOKIE)).isEmpty();
    assertThat(devices(user)).isEmpty();
    browser.enterCode(code);
    assertThat(devices(user)).hasSize(1);
  }

  @Test
  void theDaysAreOverAtTheSecond() {
    trust(user);

    new ServerClock(admin).moveTo(30 * DAY - 60);
    assertThat(again(user).isLoggedIn()).isTrue();
    new ServerClock(admin).moveTo(30 * DAY + 1);

    assertThat(again(user).has("code")).isTrue();
    assertThat(devices(user)).isEmpty();
  }

  @Test
  void fewerDaysInTheSettingsEndItEarlier() {
    trust(user);
    new ServerClock(admin).moveTo(8 * DAY);
    assertThat(again(user).isLoggedIn()).isTrue();

    bind("7", Map.of());

    assertThat(again(user).has("code")).isTrue();
  }

  @Test
  void noDaysInTheSettingsMeanNoChoiceAndNoTrust() {
    trust(user);
    new ServerClock(admin).moveTo(61);

    bind("0", Map.of());

    assertThat(again(user).has("code")).isTrue();
    assertThat(browser.has("trustDevice")).isFalse();
  }

  @Test
  void whoChoosesWhatIsNotOfferedIsNotTrusted() {
    bind("0", Map.of());
    browser.signIn(user);

    browser.post(Map.of("code", user.code(1), "trustDevice", "on"));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(devices(user)).isEmpty();
    assertThat(browser.cookies(COOKIE)).isEmpty();
  }

  @Test
  void nothingIsOfferedWhereNoConditionWouldHonourIt() {
    TestFlow.bind(
        realm.admin(),
        "no condition",
        flow -> flow.step("smspm-code", "REQUIRED").with(Map.of("trustedDeviceDays", "30")));

    browser.signIn(user);

    assertThat(browser.has("code")).isTrue();
    assertThat(browser.has("trustDevice")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "366", "a month", "1e2"})
  void daysThatCannotBeStopTheStep(String days) {
    bind(days, Map.of());

    browser.signIn(user);

    assertThat(browser.text()).contains("not available at the moment");
    assertThat(user.messages()).isZero();
  }

  @Test
  void usersOfOneBrowserDoNotDisturbEachOther() {
    TestUser other = TestUser.withNumber(realm.admin());
    trust(user);

    browser.keepOnly(COOKIE).signIn(other);
    assertThat(browser.has("code")).isTrue();
    browser.tick("trustDevice").enterCode(other.code(1));

    assertThat(browser.cookies(COOKIE)).hasSize(2);
    assertThat(again(user).isLoggedIn()).isTrue();
    assertThat(again(other).isLoggedIn()).isTrue();
    assertThat(again(user).isLoggedIn()).isTrue();
  }

  @Test
  void whatOneUserTrustsIsWorthNothingToAnother() {
    TestUser thief = TestUser.withNumber(realm.admin());
    trust(user);
    String own = cookie().getValue();
    try (TestBrowser another = new TestBrowser()) {
      another.signIn(thief).tick("trustDevice").enterCode(thief.code(1));
      String name = another.cookies(COOKIE).get(0).getName();

      another.keepOnly(COOKIE).takeCookie(name, own, PATH).signIn(thief);

      assertThat(another.isLoggedIn()).isFalse();
      assertThat(devices(user)).hasSize(1);
      assertThat(devices(thief)).hasSize(1);
    }
  }

  @Test
  void theUserRevokesADevice() throws Exception {
    TestAccount.allowPasswordGrant(realm.admin());
    trust(user);

    assertThat(TestAccount.of(user).delete(devices(user).get(0).getId())).isEqualTo(204);

    assertThatACodeIsAskedFor();
  }

  @Test
  void anAdminRevokesADevice() {
    trust(user);

    user.admin().removeCredential(devices(user).get(0).getId());

    assertThatACodeIsAskedFor();
  }

  @Test
  void aNewPasswordEndsTrust() {
    trust(user);
    CredentialRepresentation password = new CredentialRepresentation();
    password.setType(CredentialRepresentation.PASSWORD);
    password.setValue(TestUser.PASSWORD);

    user.admin().resetPassword(password);

    assertThat(devices(user)).isEmpty();
    assertThatACodeIsAskedFor();
  }

  /** No event tells of it, so only the comparison on use can. */
  @Test
  void aPasswordThatWasWrittenWithTheUserEndsTrust() {
    trust(user);
    CredentialRepresentation password = new CredentialRepresentation();
    password.setType(CredentialRepresentation.PASSWORD);
    password.setValue(TestUser.PASSWORD);
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(password));

    user.admin().update(update);

    assertThat(devices(user)).hasSize(1);
    assertThatACodeIsAskedFor();
    assertThat(devices(user)).isEmpty();
  }

  @Test
  void anotherNumberEndsTrust() {
    trust(user);
    String other = TestUser.anotherNumber();
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(TestUser.phone(other)));

    user.admin().update(update);

    assertThat(again(user).has("code")).isTrue();
    assertThat(devices(user)).isEmpty();
  }

  @Test
  void aRemovedNumberEndsTrustThoughItIsSetUpAgain() {
    trust(user);

    user.admin().removeCredential(user.phones().get(0).getId());
    assertThat(again(user).isLoggedIn()).isFalse();
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(TestUser.phone(user.number())));
    user.admin().update(update);

    assertThatACodeIsAskedFor();
  }

  @Test
  void theSecretIsAnotherAfterEachUseAndTheOneBeforeGoodForAMinute() {
    trust(user);
    Cookie first = cookie();
    again(user);
    assertThat(cookie().getValue()).isNotEqualTo(first.getValue());

    try (TestBrowser tab = new TestBrowser()) {
      tab.takeCookie(first.getName(), first.getValue(), PATH).signIn(user);
      assertThat(tab.isLoggedIn()).isTrue();
      assertThat(tab.cookies(COOKIE).get(0).getValue()).isEqualTo(first.getValue());
    }
    new ServerClock(admin).moveTo(61);
    assertThat(again(user).isLoggedIn()).isTrue();
  }

  @Test
  void aCopyOfAnOldSecretEndsTrustAndIsTold() {
    trust(user);
    Cookie copied = cookie();
    again(user);
    new ServerClock(admin).moveTo(61);

    try (TestBrowser thief = new TestBrowser()) {
      thief.takeCookie(copied.getName(), copied.getValue(), PATH).signIn(user);
      assertThat(thief.has("code")).isTrue();
    }

    assertThat(devices(user)).isEmpty();
    assertThat(events("CUSTOM_REQUIRED_ACTION_ERROR"))
        .anyMatch(it -> "device_secret_copied".equals(it.getDetails().get("smspm_event")));
    assertThat(again(user).isLoggedIn()).isFalse();
  }

  @Test
  void tabsAtTheSameMomentMakeNoThiefOfEachOther() {
    trust(user);
    Cookie cookie = cookie();
    List<TestBrowser> tabs =
        AtOnce.run(
            8,
            i ->
                () ->
                    new TestBrowser()
                        .takeCookie(cookie.getName(), cookie.getValue(), PATH)
                        .signIn(user));

    assertThat(tabs).allMatch(TestBrowser::isLoggedIn);
    List<String> renewed =
        tabs.stream()
            .map(tab -> tab.cookies(COOKIE).get(0).getValue())
            .filter(value -> !value.equals(cookie.getValue()))
            .toList();
    tabs.forEach(TestBrowser::close);
    assertThat(renewed).hasSize(1);
    new ServerClock(admin).moveTo(61);
    browser.takeCookie(cookie.getName(), renewed.get(0), PATH);
    assertThat(again(user).isLoggedIn()).isTrue();
  }

  @Test
  void aHigherLevelAsksForACode() {
    trust(user);
    new ServerClock(admin).moveTo(61);

    browser
        .keepOnly(COOKIE)
        .open("acr_values", "2")
        .enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    assertThat(browser.has("code")).isTrue();
    assertThat(again(user).isLoggedIn()).isTrue();
  }

  /** Its level would be given to the login though nobody asked for it and nothing was shown. */
  @Test
  void aSubFlowForAHigherLevelAsksForACode() {
    trust(user);
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
                        .with(Map.of("loa-condition-level", "2", "loa-max-age", "0"))
                        .sub("CONDITIONAL", it -> unlessTrusted(it, "30", Map.of()))));

    assertThat(again(user).has("code")).isTrue();
  }

  @Test
  void aNameAloneIsNoFirstFactor() {
    trust(user);
    new ServerClock(admin).moveTo(61);
    TestFlow.bind(
        realm.admin(),
        "name alone",
        "auth-username-form",
        flow -> flow.sub("CONDITIONAL", it -> unlessTrusted(it, "30", Map.of())));

    browser.keepOnly(COOKIE).open().enter(Map.of("username", user.name()), "login");

    assertThat(browser.has("code")).isTrue();
    assertThat(browser.has("trustDevice")).isFalse();
    browser.post(Map.of("code", user.code(2), "trustDevice", "on"));
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(devices(user)).hasSize(1);
  }

  @Test
  void aNameAndThenAPasswordAreAFirstFactor() {
    trust(user);
    TestFlow.bind(
        realm.admin(),
        "name and password",
        "auth-username-form",
        flow ->
            flow.step("auth-password-form", "REQUIRED")
                .sub("CONDITIONAL", it -> unlessTrusted(it, "30", Map.of())));

    browser.keepOnly(COOKIE).open().enter(Map.of("username", user.name()), "login");
    browser.enter(Map.of("password", TestUser.PASSWORD), "login");

    assertThat(browser.isLoggedIn()).isTrue();
  }

  @Test
  void negatedItNeverAsksOnTrustedDevicesOnly() {
    bind("30", Map.of("negate", "true"));

    browser.signIn(user);

    assertThat(browser.has("code")).isTrue();
  }

  @Test
  void negatedItRunsWhatAsksForNothingOnTrustedDevicesOnly() {
    trust(user);
    TestFlow.bind(
        realm.admin(),
        "denied",
        flow ->
            flow.sub(
                "CONDITIONAL",
                it ->
                    it.step(CONDITION, "REQUIRED")
                        .with(Map.of("negate", "true"))
                        .step("deny-access-authenticator", "REQUIRED")));
    assertThat(again(user).isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("denied");

    browser.keepOnly("nothing").signIn(user);

    assertThat(browser.isLoggedIn()).isTrue();
  }

  @Test
  void aSettingThatCannotBeTrustsNothing() {
    trust(user);
    new ServerClock(admin).moveTo(61);

    bind("30", Map.of("negate", "perhaps"));

    assertThat(again(user).has("code")).isTrue();
  }

  @Test
  void whatAnAttackerPlantsIsNotTakenOver() {
    browser.signIn(user).tick("trustDevice").enterCode(user.code(1));
    Cookie real = cookie();
    try (TestBrowser victim = new TestBrowser()) {
      String planted = "A".repeat(43) + "." + "B".repeat(43);
      new ServerClock(admin).moveTo(61);
      victim.takeCookie(real.getName(), planted, PATH).signIn(user);
      victim.tick("trustDevice").enterCode(user.code(2));

      assertThat(victim.isLoggedIn()).isTrue();
      assertThat(victim.cookies(COOKIE).get(0).getValue()).doesNotContain("AAAA", "BBBB");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "x", "%00", "../../..", "'; drop table credential; --", "long", "longer"})
  void aHostileCookieOpensNothing(String value) {
    trust(user);
    String name = cookie().getName();
    String hostile =
        switch (value) {
          case "long" -> "A".repeat(43) + "." + "B".repeat(3_000);
          case "longer" -> cookie().getValue() + "A";
          default -> value;
        };
    new ServerClock(admin).moveTo(61);
    try (TestBrowser another = new TestBrowser()) {
      another.takeCookie(name, hostile, PATH).signIn(user);

      assertThat(another.status()).isLessThan(500);
      assertThat(another.has("code")).isTrue();
    }
    assertThat(again(user).isLoggedIn()).isTrue();
  }

  @Test
  void theOldestOfTenDevicesMakesRoomAndNamesDiffer() {
    String oldest = "";
    for (int login = 1; login <= 11; login++) {
      new ServerClock(admin).moveTo(login * DAY);
      try (TestBrowser another = new TestBrowser()) {
        another.signIn(user).tick("trustDevice").enterCode(user.code(login));
        assertThat(another.isLoggedIn()).isTrue();
      }
      oldest = login == 1 ? devices(user).get(0).getId() : oldest;
    }

    assertThat(devices(user))
        .hasSize(10)
        .extracting(CredentialRepresentation::getId)
        .doesNotContain(oldest);
    assertThat(devices(user))
        .extracting(CredentialRepresentation::getUserLabel)
        .doesNotHaveDuplicates()
        .contains("Chrome on Windows", "Chrome on Windows 2", "Chrome on Windows 10");
  }

  @Test
  void aBrowserThatIsTrustedAgainIsOneDevice() {
    trust(user);
    new ServerClock(admin).moveTo(31 * DAY);

    again(user).tick("trustDevice").enterCode(user.code(2));

    assertThat(devices(user)).hasSize(1);
    assertThat(again(user).isLoggedIn()).isTrue();
  }

  private void bind(String days, Map<String, String> condition) {
    TestFlow.bind(
        realm.admin(),
        "trusted " + FLOWS.incrementAndGet(),
        flow -> flow.sub("CONDITIONAL", it -> unlessTrusted(it, days, condition)));
  }

  private static void unlessTrusted(TestFlow flow, String days, Map<String, String> condition) {
    flow.step(CONDITION, "REQUIRED")
        .with(condition)
        .step("smspm-code", "REQUIRED")
        .with(Map.of("trustedDeviceDays", days));
  }

  private void trust(TestUser of) {
    browser.signIn(of).tick("trustDevice").enterCode(of.code(1));
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(devices(of)).hasSize(1);
  }

  /** The next login in the same browser. */
  private TestBrowser again(TestUser of) {
    return browser.keepOnly(COOKIE).signIn(of);
  }

  private void assertThatACodeIsAskedFor() {
    new ServerClock(admin).moveTo(61);
    assertThat(again(user).has("code")).isTrue();
  }

  private Cookie cookie() {
    assertThat(browser.cookies(COOKIE)).hasSize(1);
    return browser.cookies(COOKIE).get(0);
  }

  private static List<CredentialRepresentation> devices(TestUser of) {
    return of.credentials(TYPE);
  }

  private List<EventRepresentation> events(String type) {
    return realm.admin().getEvents(List.of(type), null, user.id(), null, null, null, null, null);
  }
}
