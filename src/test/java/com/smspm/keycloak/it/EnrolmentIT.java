package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

@KeycloakIntegrationTest(config = TestServer.class)
class EnrolmentIT {

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void aNumberIsStoredOnceItsCodeIsEntered() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.signIn(user);
    assertThat(browser.text()).contains("easier to intercept");

    browser.enterNumber("EE", user.number().substring(4));
    assertThat(user.phones()).isEmpty();
    browser.enterCode(user.code(1));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.phones()).hasSize(1);
    assertThat(user.phones().get(0).getUserLabel())
        .isEqualTo("+372 •••• " + user.number().substring(9));
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
    assertThat(user.attribute("phoneNumberVerified")).isEqualTo("true");
    assertThat(events("UPDATE_CREDENTIAL", user))
        .anyMatch(it -> "smspm-phone".equals(it.getDetails().get("credential_type")));
  }

  @Test
  void aNumberThatWasJustSetUpIsAskedForAtTheNextLogin() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.signIn(user).enterNumber("EE", user.number());
    browser.enterCode(user.code(1));
    try (TestBrowser next = new TestBrowser()) {
      next.signIn(user);

      assertThat(next.enterCode(user.code(2)).isLoggedIn()).isTrue();
    }
  }

  @Test
  void aCodeForOneNumberNeverEnrolsAnother() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    String other = TestUser.anotherNumber();
    browser.signIn(user).enterNumber("EE", user.number());
    String codeForFirst = user.code(1);

    browser.press("changeNumber").enterNumber("EE", other);
    String codeForOther = TestUser.codeTo(other, 1);
    browser.enterCode(codeForFirst);

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(user.phones()).isEmpty();
    browser.enterCode(codeForOther);
    assertThat(user.attribute("phoneNumber")).isEqualTo(other);
  }

  @Test
  void anotherNumberBringsNoNewAttempts() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    String other = TestUser.anotherNumber();
    browser.signIn(user).enterNumber("EE", user.number());
    String first = user.code(1);
    for (int i = 0; i < 4; i++) {
      browser.enterCode(TestUser.wrong(first));
    }
    browser.press("changeNumber").enterNumber("EE", other);

    browser.enterCode(TestUser.wrong(TestUser.codeTo(other, 1)));

    assertThat(browser.text()).contains("too many wrong codes");
  }

  @Test
  void aLandlineAndANonsenseAreRefusedWithAdviceAndCostNothing() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.signIn(user);
    int requests = TestServer.SIMULATOR.requests();

    browser.enterNumber("EE", "6123456");
    assertThat(browser.text()).contains("landline");
    browser.enterNumber("EE", "hello");
    assertThat(browser.text()).contains("does not look like a phone number");
    browser.enterNumber("EE", "");
    assertThat(browser.text()).contains("Please enter your mobile number");

    assertThat(TestServer.SIMULATOR.requests()).isEqualTo(requests);
  }

  @Test
  void markupInAFieldIsShownAsText() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.signIn(user).enterNumber("EE", "\"><script>alert(1)</script>");

    assertThat(browser.html()).doesNotContain("<script>alert").contains("&lt;script&gt;");
  }

  @Test
  void aNewNumberReplacesTheOldOneOnlyOnceItIsProven() {
    TestUser user = TestUser.withNumber(realm.admin());
    String other = TestUser.anotherNumber();
    browser.signIn(user).enterCode(user.code(1));
    browser.open("kc_action", "smspm-phone-number");
    browser.enterNumber("EE", other);
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());

    browser.enterCode(TestUser.codeTo(other, 1));

    assertThat(browser.url().getQuery()).contains("kc_action_status=success");
    assertThat(user.phones()).hasSize(1);
    assertThat(user.attribute("phoneNumber")).isEqualTo(other);
  }

  @Test
  void anActionThatAnApplicationAskedForCanBeCancelled() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user).enterCode(user.code(1));

    browser.open("kc_action", "smspm-phone-number").press("cancel-aia");

    assertThat(browser.url().getQuery()).contains("kc_action_status=cancelled");
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
  }

  @Test
  void whatTheLoginNeedsCannotBeCancelledThoughAnApplicationAskedForItToo() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.open("kc_action", "smspm-phone-number");
    browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
    assertThat(browser.has("phoneNumber")).isTrue();
    assertThat(browser.has("cancel-aia")).isFalse();

    browser.post(Map.of("cancel-aia", "true"));

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.has("phoneNumber")).isTrue();
    browser.enterNumber("EE", user.number());
    assertThat(browser.has("cancel-aia")).isFalse();
    assertThat(browser.post(Map.of("cancel-aia", "true")).isLoggedIn()).isFalse();
  }

  @Test
  void aCredentialDeletedInTheAdminConsoleTakesItsAttributesAlong() {
    TestUser user = TestUser.withNumber(realm.admin());
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());

    user.admin().removeCredential(user.phones().get(0).getId());

    assertThat(user.attribute("phoneNumber")).isNull();
    assertThat(user.attribute("phoneNumberVerified")).isNull();
    assertThat(browser.signIn(user).has("phoneNumber")).isTrue();
  }

  @Test
  void anAttributeWithoutACredentialProvesNothing() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    UserRepresentation representation = user.admin().toRepresentation();
    representation.singleAttribute("phoneNumber", user.number());
    representation.singleAttribute("phoneNumberVerified", "true");
    user.admin().update(representation);

    assertThat(browser.signIn(user).has("phoneNumber")).isTrue();
    assertThat(user.messages()).isZero();
  }

  private List<EventRepresentation> events(String type, TestUser user) {
    return realm.admin().getEvents(List.of(type), null, user.id(), null, null, null, null, null);
  }
}
