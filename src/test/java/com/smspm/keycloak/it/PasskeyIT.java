package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.openqa.selenium.virtualauthenticator.HasVirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

/** Passkeys on the page where a number is entered, in a browser that has one. */
@KeycloakIntegrationTest(config = TestServer.class)
class PasskeyIT {

  private static final String FLOW = "browser with phone";
  private static final String WITHOUT_SUGGESTIONS =
      "PublicKeyCredential.isConditionalMediationAvailable = async () => false";

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private VirtualAuthenticator authenticator;
  private String injected;
  private String flowBefore;
  private TestUser user;

  @BeforeEach
  void aUserWithAPasskeyAndANumber() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
    authenticator =
        authenticators()
            .addVirtualAuthenticator(
                new VirtualAuthenticatorOptions()
                    .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                    .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
                    .setHasResidentKey(true)
                    .setHasUserVerification(true)
                    .setIsUserVerified(true));
    RealmRepresentation settings = realm.admin().toRepresentation();
    flowBefore = settings.getBrowserFlow();
    settings.setWebAuthnPolicyPasswordlessResidentKey("required");
    realm.admin().update(settings);
    user = TestUser.withNumber(realm.admin());
    registerPasskey();
    offerPasskeysAtThePhoneLogin();
  }

  @AfterEach
  void goOnAsUsual() {
    if (injected != null) {
      BROWSER.withdraw(injected);
    }
    authenticators().removeVirtualAuthenticator(authenticator);
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.setBrowserFlow(flowBefore);
    settings.setWebAuthnPolicyPasswordlessPasskeysEnabled(false);
    realm.admin().update(settings);
  }

  @Test
  void aPasskeyThatTheBrowserSuggestsLogsInAndIsNotCalledACode() {
    openLogin();

    isGreetedWith("\"pop\"");
    assertThat(claims()).doesNotContain("\"sms\"", "\"mfa\"");
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void aPasskeyThatTheUserAsksForLogsInAndIsNotCalledACode() {
    injected = BROWSER.inject(WITHOUT_SUGGESTIONS);
    openLogin();
    BROWSER.await(it -> it.has("#authenticateWebAuthnButton"));

    BROWSER.press("#authenticateWebAuthnButton");

    isGreetedWith("\"pop\"");
    assertThat(claims()).doesNotContain("\"sms\"", "\"mfa\"");
  }

  @Test
  void aCodeOnTheSamePageIsStillCalledACode() {
    injected = BROWSER.inject(WITHOUT_SUGGESTIONS);
    openLogin();
    BROWSER.await(it -> it.has("#phoneNumber"));
    BROWSER.leave(() -> BROWSER.find("#phoneNumber").sendKeys(user.number(), Keys.ENTER));

    BROWSER.find("#code").sendKeys(user.code(2));

    isGreetedWith("\"sms\"");
    assertThat(claims()).doesNotContain("\"pop\"", "\"mfa\"");
  }

  private static void openLogin() {
    BROWSER.go(DemoRealm.APPLICATION + "?client=demo-app");
    BROWSER.find("#login").click();
  }

  private void registerPasskey() {
    BROWSER.signIn(user, "kc_action", "webauthn-register-passwordless");
    BROWSER.enterCode(user.code(1));
    BROWSER.find("#registerWebAuthn").click();
    new WebDriverWait(BROWSER.driver(), Duration.ofSeconds(20))
        .until(ExpectedConditions.alertIsPresent())
        .accept();
    BROWSER.await(Chromium::isLoggedIn);
    assertThat(user.credentials("webauthn-passwordless")).hasSize(1);
    BROWSER.forget();
  }

  private void offerPasskeysAtThePhoneLogin() {
    if (realm.admin().flows().getFlows().stream().noneMatch(it -> FLOW.equals(it.getAlias()))) {
      OpenDoors.loginByPhone(realm.admin(), FLOW);
    }
    OpenDoors.bindBrowser(realm.admin(), FLOW);
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.setWebAuthnPolicyPasswordlessPasskeysEnabled(true);
    realm.admin().update(settings);
  }

  private static void isGreetedWith(String method) {
    BROWSER.await(it -> it.has("#claims") && it.text("#claims").contains("\"amr\""));
    assertThat(claims()).contains(method);
  }

  /** From the methods on: other claims have names of their own. */
  private static String claims() {
    String claims = BROWSER.text("#claims");
    int from = claims.indexOf("\"amr\"");
    return claims.substring(from, claims.indexOf(']', from));
  }

  private static HasVirtualAuthenticator authenticators() {
    return BROWSER.driver();
  }
}
