package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Signing up in a browser: with JavaScript, and without. */
@KeycloakIntegrationTest(config = TestServer.class)
class SignUpPathIT {

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = PagesRealm.class)
  ManagedRealm realm;

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void aNumberIsMistypedSaidCorrectedAndProven(boolean scripts) {
    BROWSER.scripts(scripts);
    SignUp somebody = SignUp.somebody(realm.admin());
    BROWSER.go(TestBrowser.authorization("ui_locales", "en"));
    BROWSER.press("a[href*=registration]");
    assertThat(BROWSER.find("#phoneNumber").getAttribute("type")).isEqualTo("tel");
    assertThat(BROWSER.text("label[for=phoneNumber]")).isEqualTo("Mobile number");

    fill(somebody, "+372 6123456");
    assertThat(BROWSER.find("#phoneNumber").getAttribute("value")).isEqualTo("+372 6123456");
    assertThat(BROWSER.text("form")).contains("looks like a landline");
    fill(somebody, somebody.number());

    BROWSER.enterCode(TestUser.codeTo(somebody.number(), 1));
    assertThat(BROWSER.isLoggedIn()).isTrue();
    assertThat(somebody.user().attribute("phoneNumber")).isEqualTo(somebody.number());
  }

  private static void fill(SignUp somebody, String number) {
    somebody
        .fields("phoneNumber", number)
        .forEach(
            (name, value) -> {
              BROWSER.driver().findElement(By.name(name)).clear();
              BROWSER.driver().findElement(By.name(name)).sendKeys(value);
            });
    BROWSER.leave(() -> BROWSER.driver().findElement(By.name("phoneNumber")).sendKeys(Keys.ENTER));
  }
}
