package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderSimpleRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Users whose only second factor is a number. */
@KeycloakIntegrationTest(config = TestServer.class)
class NudgeIT {

  private static final String ACTION = "smspm-another-way";
  private static final String TITLE = "Set up another way to sign in";
  private static final int DAY = 86_400;

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();

  @BeforeEach
  void theRealmReminds() {
    remind(realm.admin(), true);
  }

  /** Registers the action where that is still to be done, and switches it. */
  static void remind(RealmResource realm, boolean on) {
    if (realm.flows().getRequiredActions().stream()
        .noneMatch(it -> it.getProviderId().equals(ACTION))) {
      RequiredActionProviderSimpleRepresentation action =
          new RequiredActionProviderSimpleRepresentation();
      action.setProviderId(ACTION);
      action.setName("Remind");
      realm.flows().registerRequiredAction(action);
    }
    set(realm, ACTION, on);
  }

  @AfterEach
  void goOnAsUsual() {
    new ServerClock(admin).moveTo(0);
    browser.close();
  }

  @Test
  void oneButtonForEachWayOfTheFlowAndOneToPutItOff() {
    TestUser user = signedIn();

    assertThat(browser.text()).contains(TITLE, "only second step", "Not now");
    assertThat(browser.html())
        .contains("value=\"CONFIGURE_TOTP\"", "value=\"CONFIGURE_RECOVERY_AUTHN_CODES\"")
        .doesNotContain("webauthn-register");
    assertThat(browser.text())
        .contains("Authenticator Application", "Recovery Authentication Code");
    assertThat(browser.isLoggedIn()).isFalse();

    assertThat(browser.press("later").isLoggedIn()).isTrue();
    assertThat(user.phones()).hasSize(1);
  }

  @Test
  void whoPutsItOffIsAskedAgainAfterThirtyDays() {
    TestUser user = signedIn();
    browser.press("later");

    new ServerClock(admin).moveTo(29 * DAY);
    signInAgain(user, 2);
    assertThat(browser.isLoggedIn()).isTrue();

    new ServerClock(admin).moveTo(31 * DAY);
    signInAgain(user, 3);
    assertThat(browser.text()).contains(TITLE);
  }

  @Test
  void theChosenWayIsSetUpInTheSameLogin() {
    signedIn();

    browser.press("way");

    assertThat(browser.has("totpSecret")).isTrue();
    assertThat(browser.isLoggedIn()).isFalse();
  }

  @Test
  void whatIsNotOnThePageCannotBeChosen() {
    signedIn();

    browser.post(Map.of("way", "delete_account"));

    assertThat(browser.text()).contains(TITLE);
    browser.post(Map.of("way", "webauthn-register"));
    assertThat(browser.text()).contains(TITLE);
  }

  @Test
  void whoHasAnotherWayIsNotAsked() {
    TestUser rich = TestUser.withNumber(realm.admin(), TestFactors.recoveryCodes());
    browser.signIn(rich).enterCode(rich.code(1));

    assertThat(browser.isLoggedIn()).isTrue();
  }

  @Test
  void whereThereIsNoPageNobodyIsAskedAndNobodyIsRefused() throws Exception {
    TestAccount.allowPasswordGrant(realm.admin());

    assertThat(TestFlows.directGrant(TestUser.withNumber(realm.admin()))).contains("access_token");
  }

  @Test
  void whereNothingCanBeSetUpNobodyIsAsked() {
    set("CONFIGURE_TOTP", false);
    set("CONFIGURE_RECOVERY_AUTHN_CODES", false);
    try {
      signedIn();
      assertThat(browser.isLoggedIn()).isTrue();
    } finally {
      set("CONFIGURE_TOTP", true);
      set("CONFIGURE_RECOVERY_AUTHN_CODES", true);
    }
  }

  private TestUser signedIn() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user).enterCode(user.code(1));
    return user;
  }

  private void signInAgain(TestUser user, int messages) {
    browser.forgetSession().signIn(user).enterCode(user.code(messages));
  }

  private void set(String action, boolean on) {
    set(realm.admin(), action, on);
  }

  private static void set(RealmResource realm, String action, boolean on) {
    RequiredActionProviderRepresentation representation = realm.flows().getRequiredAction(action);
    representation.setEnabled(on);
    realm.flows().updateRequiredAction(action, representation);
  }
}
