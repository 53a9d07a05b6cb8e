package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** Which sessions of a user go on when a number is changed or removed. */
@KeycloakIntegrationTest(config = TestServer.class)
class OtherSessionsIT {

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();
  private final TestBrowser other = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void twoSessionsOfAUser() {
    configure("true");
    TestAccount.allowPasswordGrant(realm.admin());
    user = TestUser.withNumber(realm.admin());
    browser.signIn(user).enterCode(user.code(1));
    other.signIn(user).enterCode(user.code(2));
    assertThat(isSignedIn(browser)).isTrue();
    assertThat(isSignedIn(other)).isTrue();
  }

  @AfterEach
  void closeBrowsers() {
    browser.close();
    other.close();
  }

  @Test
  void aChangeEndsTheOthers() {
    String number = TestUser.anotherNumber();
    browser.open("kc_action", "smspm-phone-number").enterNumber("EE", number);

    browser.enterCode(TestUser.codeTo(number, 1));

    assertThat(browser.url().getQuery()).contains("kc_action_status=success");
    assertThat(isSignedIn(other)).isFalse();
    assertThat(isSignedIn(browser)).isTrue();
    assertThat(reasons()).containsExactly("number_changed");
  }

  @Test
  void aRemovalByKeycloaksOwnActionEndsTheOthers() {
    browser.open("kc_action", "delete_credential:" + user.phones().get(0).getId()).press("accept");

    assertThat(user.phones()).isEmpty();
    assertThat(isSignedIn(other)).isFalse();
    assertThat(isSignedIn(browser)).isTrue();
    assertThat(reasons()).containsExactly("number_removed");
  }

  @Test
  void aRemovalThroughTheAccountEndsTheOthers() throws Exception {
    TestAccount account = TestAccount.of(user);

    assertThat(account.delete(user.phones().get(0).getId())).isEqualTo(204);

    assertThat(isSignedIn(browser)).isFalse();
    assertThat(isSignedIn(other)).isFalse();
    assertThat(account.type().path("userCredentialMetadatas")).isEmpty();
    assertThat(user.admin().getUserSessions()).hasSize(1);
  }

  @Test
  void anAdminsRemovalEndsAll() {
    user.admin().removeCredential(user.phones().get(0).getId());

    assertThat(isSignedIn(browser)).isFalse();
    assertThat(isSignedIn(other)).isFalse();
  }

  @Test
  void anAdminsChangeEndsAll() {
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(TestUser.phone(TestUser.anotherNumber())));

    user.admin().update(update);

    assertThat(isSignedIn(browser)).isFalse();
    assertThat(isSignedIn(other)).isFalse();
  }

  @Test
  void anotherCredentialThatIsRemovedEndsNone() {
    user.admin().removeCredential(user.credentials("password").get(0).getId());

    assertThat(isSignedIn(browser)).isTrue();
    assertThat(isSignedIn(other)).isTrue();
  }

  @Test
  void byDefaultAllGoOn() {
    configure("false");

    user.admin().removeCredential(user.phones().get(0).getId());

    assertThat(isSignedIn(browser)).isTrue();
    assertThat(isSignedIn(other)).isTrue();
  }

  private void configure(String endSessions) {
    TestFlows.configureRealm(
        realm.admin(), Map.of("endSessions", endSessions, "perAddressHour", "10000"));
  }

  private static boolean isSignedIn(TestBrowser browser) {
    return browser.open().isLoggedIn();
  }

  private List<String> reasons() {
    return realm.admin().getEvents().stream()
        .filter(event -> "LOGOUT".equals(event.getType()))
        .filter(event -> user.id().equals(event.getUserId()))
        .map(EventRepresentation::getDetails)
        .map(details -> details.get("reason"))
        .toList();
  }
}
