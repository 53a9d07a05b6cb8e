package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** The step in every place of a flow where an admin can put it. */
@KeycloakIntegrationTest(config = TestServer.class)
class ArrangementsIT {

  private static final String ACTION = "smspm-phone-number";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void aRequiredStepAsksWhoHasANumber() {
    TestFlow.bind(realm.admin(), "required", flow -> flow.step("smspm-code", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin());

    browser.signIn(user);

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.enterCode(TestUser.wrong(user.code(1))).isLoggedIn()).isFalse();
    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
  }

  @Test
  void aRequiredStepLeadsWhoHasNoneToSetOneUp() {
    TestFlow.bind(realm.admin(), "required set-up", flow -> flow.step("smspm-code", "REQUIRED"));
    TestUser user = TestUser.withoutNumber(realm.admin());

    browser.signIn(user).enterNumber("EE", user.number());

    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
    assertThat(user.phones()).hasSize(1);
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void aRequiredStepRefusesWhoHasNoneWhereNumbersCannotBeSetUp() {
    TestFlow.bind(realm.admin(), "required closed", flow -> flow.step("smspm-code", "REQUIRED"));
    TestUser without = TestUser.withoutNumber(realm.admin());
    TestUser with = TestUser.withNumber(realm.admin());
    enableSetUp(false);
    try (TestBrowser other = new TestBrowser()) {
      browser.signIn(without);

      assertThat(browser.isLoggedIn()).isFalse();
      assertThat(browser.has("phoneNumber")).isFalse();
      assertThat(browser.has("code")).isFalse();
      assertThat(errors(without)).isNotEmpty();
      assertThat(other.signIn(with).enterCode(with.code(1)).isLoggedIn()).isTrue();
    } finally {
      enableSetUp(true);
    }
  }

  @Test
  void anAlternativeStepAsksAndAWrongCodeFallsThroughToNothing() {
    bindAlternatives("alternative");
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    browser.signIn(user);
    String code = user.code(1);

    browser.enterCode(TestUser.wrong(code));

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("not right");
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
  }

  @Test
  void anAlternativeStepNeverLetsInWhoHasNoneOfTheWays() {
    bindAlternatives("alternative none");
    TestUser user = TestUser.withoutNumber(realm.admin());

    browser.signIn(user);

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.has("code")).isFalse();
    assertThat(errors(user)).isNotEmpty();
  }

  @Test
  void anAlternativeStepIsNoneOfTheWaysOfWhoHasNoNumber() {
    bindAlternatives("alternative another");
    TestUser user = TestUser.withoutNumber(realm.admin(), TestFactors.totp());

    browser.signIn(user);

    assertThat(browser.has("otp")).isTrue();
    assertThat(browser.offersAnotherWay()).isFalse();
  }

  @Test
  void aStepInAConditionalSubFlowAsksOnlyWhoHasANumber() {
    TestFlow.bind(
        realm.admin(),
        "conditional",
        flow ->
            flow.sub(
                "CONDITIONAL",
                sub ->
                    sub.step("conditional-user-configured", "REQUIRED")
                        .step("smspm-code", "REQUIRED")));
    TestUser with = TestUser.withNumber(realm.admin());
    TestUser without = TestUser.withoutNumber(realm.admin());

    browser.signIn(with);
    assertThat(browser.enterCode(TestUser.wrong(with.code(1))).isLoggedIn()).isFalse();
    assertThat(browser.enterCode(with.code(1)).isLoggedIn()).isTrue();

    try (TestBrowser other = new TestBrowser()) {
      assertThat(other.signIn(without).isLoggedIn()).isTrue();
    }
  }

  @Test
  void aNumberThatIsRemovedInTheMiddleLetsNobodyIn() {
    TestFlow.bind(realm.admin(), "removed", flow -> flow.step("smspm-code", "REQUIRED"));
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user);
    String code = user.code(1);

    user.admin().removeCredential(user.phones().get(0).getId());

    assertThat(browser.enterCode(code).isLoggedIn()).isFalse();
  }

  private void bindAlternatives(String alias) {
    TestFlow.bind(
        realm.admin(),
        alias,
        flow ->
            flow.sub(
                "REQUIRED",
                sub -> sub.step("smspm-code", "ALTERNATIVE").step("auth-otp-form", "ALTERNATIVE")));
  }

  private void enableSetUp(boolean enabled) {
    RequiredActionProviderRepresentation action = realm.admin().flows().getRequiredAction(ACTION);
    action.setEnabled(enabled);
    realm.admin().flows().updateRequiredAction(ACTION, action);
  }

  /** Keycloak tells of them by name alone. */
  private List<EventRepresentation> errors(TestUser user) {
    return realm
        .admin()
        .getEvents(List.of("LOGIN_ERROR"), null, null, null, null, null, null, null)
        .stream()
        .filter(event -> user.name().equals(event.getDetails().get("username")))
        .toList();
  }
}
