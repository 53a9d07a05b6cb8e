package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/**
 * A certified client that was not written here logs in through each door as it comes, and is told
 * number, verification, level and methods.
 */
@KeycloakIntegrationTest(config = TestServer.class)
class CertifiedClientIT {

  private static final String STEP_UP = "demo-step-up";
  private static Apache apache;

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  /**
   * A way in.
   *
   * @param walk from the page that the client has led to, back to the client; returns the number
   * @param methods what {@code amr} must be
   */
  private record Door(
      String name,
      String client,
      BiFunction<TestBrowser, RealmResource, String> walk,
      String acr,
      String... methods) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Door> doors() {
    return Stream.of(
        new Door(
            "second factor", "demo-app", CertifiedClientIT::secondFactor, "1", "pwd", "sms", "mfa"),
        new Door("set up at the login", "demo-app", CertifiedClientIT::setUp, "1", "pwd", "sms"),
        new Door("registration", "demo-app", CertifiedClientIT::registration, "1", "sms"),
        new Door(
            "beside other factors",
            "demo-any-factor",
            CertifiedClientIT::secondFactor,
            "1",
            "pwd",
            "sms",
            "mfa"),
        new Door("step-up", STEP_UP, CertifiedClientIT::secondFactor, "sms", "pwd", "sms", "mfa"));
  }

  private static String secondFactor(TestBrowser browser, RealmResource realm) {
    TestUser user = TestUser.withNumber(realm);
    password(browser, user).enterCode(user.code(1));
    return user.number();
  }

  private static String setUp(TestBrowser browser, RealmResource realm) {
    TestUser user = TestUser.withoutNumber(realm);
    password(browser, user).enterNumber("EE", user.number()).enterCode(user.code(1));
    return user.number();
  }

  private static String registration(TestBrowser browser, RealmResource realm) {
    SignUp somebody = SignUp.somebody(realm);
    browser.register().enter(somebody.fields(), null);
    browser.enterCode(TestUser.codeTo(somebody.number(), 1));
    return somebody.number();
  }

  private static TestBrowser password(TestBrowser browser, TestUser user) {
    return browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
  }

  @BeforeAll
  static void startTheClient() throws IOException {
    apache =
        Apache.start(
            new Apache.Host("demo-app"),
            new Apache.Host("demo-any-factor"),
            // The module itself lets nobody in whose token says less
            new Apache.Host(STEP_UP, "claim acr:sms", "acr_values=sms"));
  }

  @AfterAll
  static void stopTheClient() {
    if (apache != null) {
      apache.close();
    }
  }

  @BeforeEach
  void theClientMayComeBack() {
    for (String id : List.of("demo-app", "demo-any-factor", STEP_UP)) {
      ClientRepresentation client = realm.admin().clients().findByClientId(id).get(0);
      client.setRedirectUris(List.of(apache.redirectUri(id)));
      realm.admin().clients().get(client.getId()).update(client);
    }
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @ParameterizedTest
  @MethodSource("doors")
  void aCertifiedClientIsToldNumberLevelAndMethods(Door door) {
    browser.go(apache.url(door.client()) + "/");

    String number = door.walk().apply(browser, realm.admin());

    assertThat(browser.url().toString()).startsWith(apache.url(door.client()));
    assertThat(browser.text())
        .contains("phone_number: " + number)
        .contains("phone_number_verified: 1")
        .contains("acr: " + door.acr())
        .contains("amr: " + String.join(",", door.methods()))
        .contains("auth_time: ");
  }
}
