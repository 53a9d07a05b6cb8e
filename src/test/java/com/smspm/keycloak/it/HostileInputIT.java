package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** What somebody may send in every field: it leads to a page, and leaves nothing behind. */
@KeycloakIntegrationTest(config = TestServer.class)
class HostileInputIT {

  /** Found again wherever it went. */
  private static final String MARK = "hostile7mark";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  static Stream<String> inputs() {
    return Stream.of(
        MARK + "\r\nWARN forged line",
        MARK + "%n%s%d",
        "${" + MARK + "}${jndi:ldap://localhost/x}",
        "<#assign x=1>" + MARK + "${1+1}<script>",
        MARK + "{0}''{1,choice,0#x}",
        MARK + "\u0000\u0007\u202e",
        MARK + "x".repeat(100_000),
        "../../" + MARK + "/../etc");
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void nothingAUserSendsBreaksAPageOrReachesTheLog(String input) throws IOException {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.signIn(user);

    browser.post(Map.of("phoneNumber", input, "country", input));
    assertPage("phoneNumber");
    browser.post(Map.of("phoneNumber", user.number(), "country", input));
    assertPage("code");
    browser.post(Map.of("code", input, "resend", input));
    assertPage("code");
    browser.post(Map.of("code", input, "trustDevice", input, "logout-sessions", input));
    assertPage("code");
    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();

    List<String> log = Files.readAllLines(TestServer.LOG);
    assertThat(log).noneMatch(line -> line.startsWith("WARN forged"));
    assertThat(log.stream().filter(line -> line.contains("com.smspm.keycloak")))
        .noneMatch(line -> line.contains(MARK));
  }

  private void assertPage(String field) {
    assertThat(browser.status()).isEqualTo(200);
    assertThat(browser.has(field)).isTrue();
    assertThat(browser.html())
        .doesNotContain("<script>" + MARK)
        .doesNotContain("Exception")
        .doesNotContain("FreeMarker");
  }
}
