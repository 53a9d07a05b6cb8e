package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.openqa.selenium.Keys;

/** Trusting a device in a real browser, by the keyboard alone, with scripts and without. */
@KeycloakIntegrationTest(config = TestServer.class)
class TrustChoiceIT {

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = PagesRealm.class)
  ManagedRealm realm;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thereIsTimeToChooseBeforeTheCodeIsSent(boolean scripts) {
    TestUser user = TestUser.withNumber(realm.admin());
    TestFlow.bind(
        realm.admin(),
        "chosen with scripts " + scripts,
        flow ->
            flow.sub(
                "CONDITIONAL",
                it ->
                    it.step("conditional-smspm-trusted-device", "REQUIRED")
                        .step("smspm-code", "REQUIRED")
                        .configure(Map.of("trustedDeviceDays", "1"))));
    BROWSER.scripts(scripts);
    BROWSER.signIn(user);

    BROWSER.tabTo("#code").sendKeys(user.code(1));
    assertThat(BROWSER.has("#code")).isTrue();
    assertThat(BROWSER.text("label[for=trustDevice]")).endsWith("on this device for 1 day");
    BROWSER.tabTo("#trustDevice").sendKeys(Keys.SPACE);
    assertThat(BROWSER.find("#trustDevice").isSelected()).isTrue();
    BROWSER.leave(() -> BROWSER.tabTo("button[type=submit]").sendKeys(Keys.ENTER));
    assertThat(BROWSER.isLoggedIn()).isTrue();

    BROWSER.signIn(user);

    assertThat(BROWSER.isLoggedIn()).isTrue();
    assertThat(user.messages()).isEqualTo(1);
  }
}
