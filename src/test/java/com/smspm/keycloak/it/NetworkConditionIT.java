package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** A code outside of trusted networks only. These tests come from the server's own machine. */
@KeycloakIntegrationTest(config = TestServer.class)
class NetworkConditionIT {

  private static final String HERE = "127.0.0.0/8##::1";
  private static final String RESET = "reset outside";
  private static final AtomicInteger FLOWS = new AtomicInteger();

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserWithANumber() {
    user = TestUser.withNumber(realm.admin());
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void inATrustedNetworkNoCodeIsAskedFor() {
    bind(HERE);

    browser.signIn(user);

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.messages()).isZero();
  }

  @Test
  void outsideOfThemACodeIsAskedFor() {
    bind("10.0.0.0/8##2001:db8::/32");

    assertThat(browser.signIn(user).has("code")).isTrue();
  }

  @Test
  void withoutAListNoNetworkIsTrusted() {
    TestFlow.bind(
        realm.admin(),
        "no list",
        flow ->
            flow.sub(
                "CONDITIONAL",
                it ->
                    it.step("conditional-smspm-network", "REQUIRED")
                        .step("smspm-code", "REQUIRED")));

    assertThat(browser.signIn(user).has("code")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.0/8##::1##10.0.0.0/33",
        "127.0.0.0/8##::1##localhost",
        "127.0.0.0/8##::1##300.0.0.0/8",
        "127.0.0.1/8##::1",
        "0.0.0.0/0##::/0"
      })
  void aListThatCannotBeTrustsNoNetwork(String networks) {
    bind(networks);

    assertThat(browser.signIn(user).has("code")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP"})
  void anAddressThatAClientSaysItHasIsNotBelieved(String header) {
    bind("10.0.0.0/8");
    String value = header.equals("Forwarded") ? "for=10.1.2.3" : "10.1.2.3";

    browser.sending(header, value).signIn(user);

    assertThat(browser.has("code")).isTrue();
  }

  @Test
  void aHigherLevelAsksForACodeInATrustedNetworkToo() {
    bind(HERE);

    browser
        .open("acr_values", "2")
        .enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    assertThat(browser.has("code")).isTrue();
  }

  @Test
  void anActionThatIsAskedForAsksForACodeInATrustedNetworkToo() {
    bind(HERE);

    browser
        .open("kc_action", "smspm-phone-number")
        .enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    assertThat(browser.has("code")).isTrue();
    assertThat(browser.has("phoneNumber")).isFalse();
  }

  @Test
  void aNameAloneIsNotEnoughInATrustedNetwork() {
    TestFlow.bind(
        realm.admin(),
        "name alone here",
        "auth-username-form",
        flow -> flow.sub("CONDITIONAL", it -> outside(it, HERE)));

    browser.open().enter(Map.of("username", user.name()), "login");

    assertThat(browser.has("code")).isTrue();
  }

  /** Or a colleague's name would be enough to get at the account. */
  @Test
  void aForgottenPasswordLeavesNoStepOutInATrustedNetwork() {
    realm.admin().flows().copy("reset credentials", Map.of("newName", RESET)).close();
    realm.admin().flows().getExecutions(RESET).stream()
        .filter(execution -> "reset-credential-email".equals(execution.getProviderId()))
        .forEach(execution -> realm.admin().flows().removeExecution(execution.getId()));
    new TestFlow(realm.admin(), RESET).sub("CONDITIONAL", it -> outside(it, HERE));
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.setResetCredentialsFlow(RESET);
    settings.setResetPasswordAllowed(true);
    realm.admin().update(settings);

    browser.open().forgotPassword().enter(Map.of("username", user.name()), null);

    // The step itself refuses in such a flow, and so it was not left out
    assertThat(browser.has("password-new")).isFalse();
    assertThat(browser.text()).contains("not available");
  }

  private void bind(String networks) {
    TestFlow.bind(
        realm.admin(),
        "outside " + FLOWS.incrementAndGet(),
        flow -> flow.sub("CONDITIONAL", it -> outside(it, networks)));
  }

  static void outside(TestFlow flow, String networks) {
    flow.step("conditional-smspm-network", "REQUIRED")
        .configure(Map.of("trustedNetworks", networks))
        .step("smspm-code", "REQUIRED");
  }
}
