package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.util.JsonSerialization;

@KeycloakIntegrationTest(config = TestServer.class)
class SecretsIT {

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @Test
  void nothingSecretReachesALogOrAnEvent() throws IOException {
    TestUser user = TestUser.withoutNumber(realm.admin());
    String enrolment;
    String login;
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user).enterNumber("EE", user.number());
      enrolment = user.code(1);
      browser.enterCode(TestUser.wrong(enrolment)).enterCode(enrolment);
    }
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      login = user.code(2);
      browser.enterCode(login);
      assertThat(browser.isLoggedIn()).isTrue();
    }

    String events = JsonSerialization.writeValueAsString(realm.admin().getEvents());
    assertThat(events).contains("code_issued").contains("•••• ");
    String log = Files.readString(TestServer.LOG);
    assertThat(log).contains("com.smspm.keycloak");
    for (String secret :
        new String[] {
          "#" + enrolment, "#" + login, user.number().substring(1), "demo-token", "demo-hash"
        }) {
      assertThat(log).doesNotContain(secret);
      assertThat(events).doesNotContain(secret);
    }
    for (String code : new String[] {enrolment, login}) {
      assertThat(log).doesNotContainPattern("(?<![0-9a-f-])" + code + "(?![0-9a-f-])");
      assertThat(events).doesNotContain("\"" + code + "\"");
    }
  }
}
