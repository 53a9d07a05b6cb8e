package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.mail.MailServer;
import org.keycloak.testframework.mail.annotations.InjectMailServer;
import org.keycloak.testframework.realm.ManagedRealm;

/** A stranger's identity at another provider, which a reset would link to the account. */
@KeycloakIntegrationTest(config = TestServer.class)
class BrokeredResetIT {

  private static final String LINKS = "first broker login";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectMailServer MailServer mails;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;
  private TestPartner partner;

  /** The user's other second factor is what makes a code suffice for a reset elsewhere. */
  @BeforeEach
  void aStrangerAtAnotherProviderWithTheMailAddressOfOurUser() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
    user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    partner = TestPartner.of(admin, realm.admin(), user);
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.setSmtpServer(Map.of("host", "localhost", "port", "3025", "from", "auth@example.com"));
    settings.setBrowserFlow("browser");
    realm.admin().update(settings);
    // What is left to prove an account with is its password, and so its reset
    realm.admin().flows().getExecutions(LINKS).stream()
        .filter(it -> "idp-email-verification".equals(it.getProviderId()))
        .forEach(
            it -> {
              it.setRequirement("DISABLED");
              realm.admin().flows().updateExecutions(LINKS, it);
            });
    if (realm.admin().flows().getFlows().stream().noneMatch(it -> "sms".equals(it.getAlias()))) {
      OpenDoors.resetBySms(realm.admin(), "sms", Map.of());
    }
  }

  @AfterEach
  void noOtherProvider() {
    browser.close();
    partner.remove();
  }

  @Test
  void aCodeAloneLinksNobodyAndSetsNoPassword() {
    link();
    browser.enterCode(user.code(1));

    assertThat(browser.has("password-new")).isFalse();
    assertThat(browser.text()).contains("email");
    assertThat(browser.back().has("password-new")).isFalse();
    assertThat(browser.open().isLoggedIn()).isFalse();
    assertThat(user.admin().getFederatedIdentity()).isEmpty();
    browser.forgetSession();
    partner.signIn(browser);
    assertThat(browser.isLoggedIn()).isFalse();
  }

  @Test
  void theMailAsWellLeadsOn() {
    link();
    browser.enterCode(user.code(1));

    browser.go(new TestMails(mails).link(user));

    assertThat(browser.has("password-new")).isTrue();
  }

  /** As far as the form for the account's password, which nobody knows. */
  private void link() {
    partner.signIn(browser);
    browser.post(Map.of("submitAction", "linkAccount"));
    assertThat(browser.has("password")).isTrue();
    browser.forgotPassword().enter(Map.of("username", user.name()), null);
    assertThat(browser.text()).contains("Code from the message");
  }
}
