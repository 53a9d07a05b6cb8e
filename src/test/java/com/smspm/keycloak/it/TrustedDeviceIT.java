package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.htmlunit.util.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** "Do not ask on this device again": how it is chosen, kept and known again. */
@KeycloakIntegrationTest(config = TestServer.class)
class TrustedDeviceIT {

  private static final int DAY = 86_400;

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
  void aTrustedDeviceIsNotAskedAgain() {
    browser.signIn(user);
    assertThat(browser.text()).contains("Do not ask for a code on this device for 30 days");
    assertThat(browser.isTicked("trustDevice")).isFalse();
    browser.tick("trustDevice").enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isTrue();

    assertThat(device.again(user).isLoggedIn()).isTrue();

    assertThat(user.messages()).isEqualTo(1);
    assertThat(events("LOGIN")).anyMatch(it -> it.getDetails().containsKey("smspm_trusted_device"));
    assertThat(events("UPDATE_CREDENTIAL"))
        .anyMatch(it -> TrustedBrowser.TYPE.equals(it.getDetails().get("credential_type")));
  }

  @Test
  void theDeviceIsNamedAndItsSecretShownToNobody() throws Exception {
    TestAccount.allowPasswordGrant(realm.admin());
    device.trust(user);

    JsonNode shown = TestAccount.of(user).type(TrustedBrowser.TYPE);
    JsonNode listed = shown.path("userCredentialMetadatas").path(0).path("credential");
    Cookie cookie = device.cookie();

    assertThat(shown.path("displayName").asText()).isEqualTo("smspm-trusted-device-display-name");
    assertThat(shown.path("removeable").asBoolean()).isTrue();
    assertThat(listed.path("userLabel").asText()).isEqualTo("Chrome on Windows");
    assertThat(listed.path("secretData").isNull() || listed.path("secretData").isMissingNode())
        .isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Lax");
    assertThat(cookie.getPath()).isEqualTo(TrustedBrowser.PATH);
    assertThat(cookie.getName()).doesNotContain(user.id()).doesNotContain(user.name());
    assertThat(TrustedBrowser.devices(user).get(0).getCredentialData())
        .doesNotContain(cookie.getValue().substring(0, 43));
  }

  @Test
  void whoDoesNotChooseItIsAskedAgain() {
    browser.signIn(user).enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(browser.cookies(TrustedBrowser.COOKIE)).isEmpty();
    assertThat(TrustedBrowser.devices(user)).isEmpty();

    new ServerClock(admin).moveTo(61);

    assertThat(device.again(user).has("code")).isTrue();
  }

  @Test
  void aWrongCodeTrustsNothingAndKeepsTheChoice() {
    browser.signIn(user);
    String code = user.code(1);

    browser.tick("trustDevice").enterCode(TestUser.wrong(code));

    assertThat(browser.isTicked("trustDevice")).isTrue();
    assertThat(browser.cookies(TrustedBrowser.COOKIE)).isEmpty();
    assertThat(TrustedBrowser.devices(user)).isEmpty();
    browser.enterCode(code);
    assertThat(TrustedBrowser.devices(user)).hasSize(1);
  }

  @Test
  void whoChoosesWhatIsNotOfferedIsNotTrusted() {
    device.bind("0", Map.of());
    browser.signIn(user);

    browser.post(Map.of("code", user.code(1), "trustDevice", "on"));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(TrustedBrowser.devices(user)).isEmpty();
    assertThat(browser.cookies(TrustedBrowser.COOKIE)).isEmpty();
  }

  @Test
  void nothingIsOfferedWhereNoConditionWouldHonourIt() {
    TestFlow.bind(
        realm.admin(),
        "no condition",
        flow -> flow.step("smspm-code", "REQUIRED").configure(Map.of("trustedDeviceDays", "30")));

    browser.signIn(user);

    assertThat(browser.has("code")).isTrue();
    assertThat(browser.has("trustDevice")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "366", "a month", "1e2"})
  void daysThatCannotBeStopTheStep(String days) {
    device.bind(days, Map.of());

    browser.signIn(user);

    assertThat(browser.text()).contains("not available at the moment");
    assertThat(user.messages()).isZero();
  }

  @Test
  void usersOfOneBrowserDoNotDisturbEachOther() {
    TestUser other = TestUser.withNumber(realm.admin());
    device.trust(user);

    browser.keepOnly(TrustedBrowser.COOKIE).signIn(other);
    assertThat(browser.has("code")).isTrue();
    browser.tick("trustDevice").enterCode(other.code(1));

    assertThat(browser.cookies(TrustedBrowser.COOKIE)).hasSize(2);
    assertThat(device.again(user).isLoggedIn()).isTrue();
    assertThat(device.again(other).isLoggedIn()).isTrue();
    assertThat(device.again(user).isLoggedIn()).isTrue();
  }

  @Test
  void theSecretIsAnotherAfterEachUseAndTheOneBeforeGoodForAMinute() {
    device.trust(user);
    Cookie first = device.cookie();
    device.again(user);
    assertThat(device.cookie().getValue()).isNotEqualTo(first.getValue());

    try (TestBrowser tab = new TestBrowser()) {
      tab.takeCookie(first.getName(), first.getValue(), TrustedBrowser.PATH).signIn(user);
      assertThat(tab.isLoggedIn()).isTrue();
      assertThat(tab.cookies(TrustedBrowser.COOKIE).get(0).getValue()).isEqualTo(first.getValue());
    }
    new ServerClock(admin).moveTo(61);
    assertThat(device.again(user).isLoggedIn()).isTrue();
  }

  @Test
  void tabsAtTheSameMomentMakeNoThiefOfEachOther() {
    device.trust(user);
    Cookie cookie = device.cookie();
    List<TestBrowser> tabs =
        AtOnce.run(
            8,
            i ->
                () ->
                    new TestBrowser()
                        .takeCookie(cookie.getName(), cookie.getValue(), TrustedBrowser.PATH)
                        .signIn(user));

    assertThat(tabs).allMatch(TestBrowser::isLoggedIn);
    List<String> renewed =
        tabs.stream()
            .map(tab -> tab.cookies(TrustedBrowser.COOKIE).get(0).getValue())
            .filter(value -> !value.equals(cookie.getValue()))
            .toList();
    tabs.forEach(TestBrowser::close);
    assertThat(renewed).hasSize(1);
    new ServerClock(admin).moveTo(61);
    browser.takeCookie(cookie.getName(), renewed.get(0), TrustedBrowser.PATH);
    assertThat(device.again(user).isLoggedIn()).isTrue();
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
      oldest = login == 1 ? TrustedBrowser.devices(user).get(0).getId() : oldest;
    }

    assertThat(TrustedBrowser.devices(user))
        .hasSize(10)
        .extracting(CredentialRepresentation::getId)
        .doesNotContain(oldest);
    assertThat(TrustedBrowser.devices(user))
        .extracting(CredentialRepresentation::getUserLabel)
        .doesNotHaveDuplicates()
        .contains("Chrome on Windows", "Chrome on Windows 2", "Chrome on Windows 10");
  }

  @Test
  void aBrowserThatIsTrustedAgainIsOneDevice() {
    device.trust(user);
    new ServerClock(admin).moveTo(31 * DAY);

    device.again(user).tick("trustDevice").enterCode(user.code(2));

    assertThat(TrustedBrowser.devices(user)).hasSize(1);
    assertThat(device.again(user).isLoggedIn()).isTrue();
  }

  private List<EventRepresentation> events(String type) {
    return realm.admin().getEvents(List.of(type), null, user.id(), null, null, null, null, null);
  }
}
