package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.htmlunit.util.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** All that ends trust in a device. */
@KeycloakIntegrationTest(config = TestServer.class)
class EndOfTrustIT {

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
  void theDaysAreOverAtTheSecond() {
    device.trust(user);

    new ServerClock(admin).moveTo(30 * DAY - 60);
    assertThat(device.again(user).isLoggedIn()).isTrue();
    new ServerClock(admin).moveTo(30 * DAY + 1);

    assertThat(device.again(user).has("code")).isTrue();
    assertThat(TrustedBrowser.devices(user)).isEmpty();
  }

  @Test
  void fewerDaysInTheSettingsEndItEarlier() {
    device.trust(user);
    new ServerClock(admin).moveTo(8 * DAY);
    assertThat(device.again(user).isLoggedIn()).isTrue();

    device.bind("7", Map.of());

    assertThat(device.again(user).has("code")).isTrue();
  }

  @Test
  void noDaysInTheSettingsMeanNoChoiceAndNoTrust() {
    device.trust(user);
    new ServerClock(admin).moveTo(61);

    device.bind("0", Map.of());

    assertThat(device.again(user).has("code")).isTrue();
    assertThat(browser.has("trustDevice")).isFalse();
  }

  @Test
  void theUserRevokesADevice() throws Exception {
    TestAccount.allowPasswordGrant(realm.admin());
    device.trust(user);

    assertThat(TestAccount.of(user).delete(TrustedBrowser.devices(user).get(0).getId()))
        .isEqualTo(204);

    assertThatACodeIsAskedFor();
  }

  @Test
  void anAdminRevokesADevice() {
    device.trust(user);

    user.admin().removeCredential(TrustedBrowser.devices(user).get(0).getId());

    assertThatACodeIsAskedFor();
  }

  @Test
  void aNewPasswordEndsTrust() {
    device.trust(user);
    CredentialRepresentation password = new CredentialRepresentation();
    password.setType(CredentialRepresentation.PASSWORD);
    password.setValue(TestUser.PASSWORD);

    user.admin().resetPassword(password);

    assertThat(TrustedBrowser.devices(user)).isEmpty();
    assertThatACodeIsAskedFor();
  }

  /** No event tells of it, so only the comparison on use can. */
  @Test
  void aPasswordThatWasWrittenWithTheUserEndsTrust() {
    device.trust(user);
    CredentialRepresentation password = new CredentialRepresentation();
    password.setType(CredentialRepresentation.PASSWORD);
    password.setValue(TestUser.PASSWORD);
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(password));

    user.admin().update(update);

    assertThat(TrustedBrowser.devices(user)).hasSize(1);
    assertThatACodeIsAskedFor();
    assertThat(TrustedBrowser.devices(user)).isEmpty();
  }

  @Test
  void anotherNumberEndsTrust() {
    device.trust(user);
    String other = TestUser.anotherNumber();
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(TestUser.phone(other)));

    user.admin().update(update);

    assertThat(device.again(user).has("code")).isTrue();
    assertThat(TrustedBrowser.devices(user)).isEmpty();
  }

  @Test
  void aRemovedNumberEndsTrustThoughItIsSetUpAgain() {
    device.trust(user);

    user.admin().removeCredential(user.phones().get(0).getId());
    assertThat(device.again(user).isLoggedIn()).isFalse();
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(TestUser.phone(user.number())));
    user.admin().update(update);

    assertThatACodeIsAskedFor();
  }

  @Test
  void aCopyOfAnOldSecretEndsTrustAndIsTold() {
    device.trust(user);
    Cookie copied = device.cookie();
    device.again(user);
    new ServerClock(admin).moveTo(61);

    try (TestBrowser thief = new TestBrowser()) {
      thief.takeCookie(copied.getName(), copied.getValue(), TrustedBrowser.PATH).signIn(user);
      assertThat(thief.has("code")).isTrue();
    }

    assertThat(TrustedBrowser.devices(user)).isEmpty();
    assertThat(events("CUSTOM_REQUIRED_ACTION_ERROR"))
        .anyMatch(it -> "device_secret_copied".equals(it.getDetails().get("smspm_event")));
    assertThat(device.again(user).isLoggedIn()).isFalse();
  }

  private void assertThatACodeIsAskedFor() {
    new ServerClock(admin).moveTo(61);
    assertThat(device.again(user).has("code")).isTrue();
  }

  private List<EventRepresentation> events(String type) {
    return realm.admin().getEvents(List.of(type), null, user.id(), null, null, null, null, null);
  }
}
