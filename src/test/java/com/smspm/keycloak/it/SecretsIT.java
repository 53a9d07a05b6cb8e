package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
  void nothingSecretReachesALogAnEventOrAnAddress() throws IOException {
    TestUser user = TestUser.withoutNumber(realm.admin());
    String changed = TestUser.anotherNumber();
    List<String> codes = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user).enterNumber("EE", user.number());
      codes.add(user.code(1));
      browser.enterCode(TestUser.wrong(codes.get(0))).enterCode(codes.get(0));
      assertThat(browser.isLoggedIn()).isTrue();
      addresses.addAll(browser.urls());
    }
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      codes.add(user.code(2));
      browser.refresh().press("resend").switchTo("de").enterCode(codes.get(1));
      assertThat(browser.isLoggedIn()).isTrue();

      browser.open("kc_action", "smspm-phone-number").enterNumber("EE", changed);
      codes.add(TestUser.codeTo(changed, 1));
      browser.enterCode(codes.get(2));
      assertThat(browser.url().getQuery()).contains("kc_action_status=success");
      addresses.addAll(browser.urls());
    }
    TestUser unlucky = TestUser.withNumber(realm.admin());
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(unlucky);
      Eventually.holds(() -> log().contains("com.smspm.keycloak.delivery"));
    } finally {
      TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    }
    addresses.addAll(TestServer.SIMULATOR.targets());
    assertThat(addresses).contains("POST /").anyMatch(it -> it.contains("/login-actions/"));

    String events = JsonSerialization.writeValueAsString(realm.admin().getEvents());
    assertThat(events).contains("code_issued").contains("•••• ");
    String log = log();
    String urls = String.join("\n", addresses);
    Stream.concat(
            codes.stream().map(code -> "#" + code),
            Stream.concat(
                capabilitiesOf(user.number()),
                Stream.of(
                    user.number().substring(1), changed.substring(1), "demo-token", "demo-hash")))
        .forEach(
            secret -> {
              assertThat(log).doesNotContain(secret);
              assertThat(events).doesNotContain(secret);
              assertThat(urls).doesNotContain(secret);
              assertThat(secret).isNotEmpty();
            });
    for (String code : codes) {
      assertThat(log).doesNotContainPattern("(?<![0-9a-f-])" + code + "(?![0-9a-f-])");
      assertThat(events).doesNotContain("\"" + code + "\"");
      assertThat(urls).doesNotContainPattern("(?<![0-9A-Za-z_-])" + code + "(?![0-9A-Za-z_-])");
    }
  }

  /** Who has one could report in the gateway's name. */
  private static Stream<String> capabilitiesOf(String number) {
    return TestServer.SIMULATOR.messagesTo(number).stream()
        .map(message -> message.report())
        .map(address -> address.substring(address.lastIndexOf('/') + 1));
  }

  private static String log() {
    try {
      return Files.readString(TestServer.LOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
