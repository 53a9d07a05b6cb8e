package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RequiredActionConfigRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Who may change a number and how fresh the login must be, and which code is good for what. */
@KeycloakIntegrationTest(config = TestServer.class)
class ChangeOfNumberIT {

  private static final String ACTION = "smspm-phone-number";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void someoneIsLoggedIn() {
    user = TestUser.withNumber(realm.admin());
    browser.signIn(user).enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isTrue();
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void aFreshLoginIsEnough() {
    time.set(290);

    assertThat(browser.open("kc_action", ACTION).has("phoneNumber")).isTrue();
  }

  /** As in an application that asks for no more, or on a trusted device. */
  @Test
  void whereAPasswordIsAllThatWasShownTheOldNumberIsAskedForACodeFirst() {
    OpenDoors.passwordAlone(realm.admin(), "password alone");
    try (TestBrowser thief = new TestBrowser()) {
      TestUser owner = TestUser.withNumber(realm.admin());
      assertThat(thief.signIn(owner).isLoggedIn()).isTrue();

      thief.open("kc_action", ACTION);
      assertThat(thief.has("phoneNumber")).isFalse();
      assertThat(thief.text()).contains("Change your mobile number", "Your number is", "•••• ");
      thief.post(Map.of("country", "EE", "phoneNumber", TestUser.anotherNumber()));
      assertThat(thief.has("phoneNumber")).isFalse();
      thief.post(Map.of("changeNumber", "true"));
      assertThat(thief.has("phoneNumber")).isFalse();
      thief.post(Map.of("later", "true"));
      assertThat(thief.isLoggedIn()).isFalse();
      thief.press("confirmNumber");
      thief.post(Map.of("country", "EE", "phoneNumber", TestUser.anotherNumber()));
      assertThat(thief.has("phoneNumber")).isFalse();
      assertThat(thief.press("cancel-aia").url().getQuery()).contains("cancelled");
      assertThat(owner.attribute("phoneNumber")).isEqualTo(owner.number());

      // The owner has the phone
      time.set(60);
      thief.open("kc_action", ACTION).press("confirmNumber");
      String another = TestUser.anotherNumber();
      thief.enterCode(owner.code(2)).enterNumber("EE", another);
      assertThat(thief.enterCode(TestUser.codeTo(another, 1)).isLoggedIn()).isTrue();
      assertThat(owner.attribute("phoneNumber")).isEqualTo(another);
    } finally {
      OpenDoors.bindBrowser(realm.admin(), "browser with SMS");
    }
  }

  @Test
  void anOldLoginIsAskedForThePasswordAndACodeFirst() {
    time.set(310);

    browser.open("kc_action", ACTION);
    assertThat(browser.has("phoneNumber")).isFalse();
    browser.enter(Map.of("password", TestUser.PASSWORD), "login");
    assertThat(browser.has("phoneNumber")).isFalse();
    browser.enterCode(user.code(2));

    assertThat(browser.has("phoneNumber")).isTrue();
  }

  @Test
  void theAgeIsTheRealmsToSet() {
    configure("max_auth_age", "60");
    try {
      time.set(70);

      assertThat(browser.open("kc_action", ACTION).has("phoneNumber")).isFalse();
      assertThat(browser.has("password")).isTrue();
    } finally {
      configure("max_auth_age", "300");
    }
  }

  @Test
  void aCodeForChangingTheNumberIsNoneForALoginAndTheOtherWayRound() {
    browser.open("kc_action", ACTION).enterNumber("EE", user.number());
    String enrolment = user.code(2);
    time.set(100);
    try (TestBrowser login = new TestBrowser()) {
      login.signIn(user);
      String forLogin = user.code(3);

      assertThat(login.enterCode(enrolment).text()).contains("not right");
      assertThat(browser.enterCode(forLogin).text()).contains("not right");

      assertThat(login.enterCode(forLogin).isLoggedIn()).isTrue();
    }
    browser.enterCode(enrolment);
    assertThat(browser.url().getQuery()).contains("kc_action_status=success");
  }

  @Test
  void aSettingThatCannotBeIsRefusedOnSaveAndNamed() {
    assertThatThrownBy(() -> configure("codeLength", "4"))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refusal -> {
              try (Response response = refusal.getResponse()) {
                assertThat(response.readEntity(String.class))
                    .contains("codeLength")
                    .contains("6 to 8");
              }
            });
  }

  private void configure(String setting, String value) {
    RequiredActionConfigRepresentation config =
        realm.admin().flows().getRequiredActionConfig(ACTION);
    Map<String, String> settings = new HashMap<>(config.getConfig());
    settings.put(setting, value);
    config.setConfig(settings);
    realm.admin().flows().updateRequiredActionConfig(ACTION, config);
  }
}
