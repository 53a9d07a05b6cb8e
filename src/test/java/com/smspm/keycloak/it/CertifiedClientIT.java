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
        new Door("phone login", "demo-phone-login", CertifiedClientIT::phoneLogin, "1", "sms"),
        new Door(
            "username or number: a number",
            "demo-username-or-number",
            CertifiedClientIT::phoneLogin,
            "1",
            "sms"),
        new Door(
            "username or number: a username",
            "demo-username-or-number",
            CertifiedClientIT::username,
            "1",
            "pwd",
            "sms",
            "mfa"),
        new Door("reset", "demo-app", CertifiedClientIT::reset, "1", "pwd", "otp", "mfa"),
        new Door(
            "on a device that is not trusted yet",
            "demo-trusted-device",
            CertifiedClientIT::secondFactor,
            "1",
            "pwd",
            "sms",
            "mfa"),
        new Door(
            "on a trusted device",
            "demo-trusted-device",
            CertifiedClientIT::trustedDevice,
            "1",
            "pwd"),
        new Door(
            "outside trusted networks",
            "demo-network",
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

  private static String phoneLogin(TestBrowser browser, RealmResource realm) {
    TestUser user = TestUser.withNumber(realm);
    browser.enterNumber("EE", user.number()).enterCode(user.code(1));
    return user.number();
  }

  private static String username(TestBrowser browser, RealmResource realm) {
    TestUser user = TestUser.withNumber(realm);
    browser.enterNumber("EE", user.name());
    password(browser, user).enterCode(user.code(1));
    return user.number();
  }

  /** SMS has replaced the password, so the second factor is another one. */
  private static String reset(TestBrowser browser, RealmResource realm) {
    TestUser user = TestUser.withNumber(realm, TestFactors.totp());
    String application = browser.url().toString();
    browser.forgotPassword().enter(Map.of("username", user.name()), null);
    browser.enterCode(user.code(1));
    browser.enter(
        Map.of("password-new", TestUser.PASSWORD, "password-confirm", TestUser.PASSWORD), null);
    password(browser.go(application), user).press("authenticationExecution");
    browser.enter(Map.of("otp", TestFactors.totpCode()), "login");
    return user.number();
  }

  private static String trustedDevice(TestBrowser browser, RealmResource realm) {
    TestUser user = TestUser.withNumber(realm);
    String application = browser.url().toString();
    password(browser, user).post(Map.of("code", user.code(1), "trustDevice", "on"));
    user.admin().logout();
    password(browser.go(application), user);
    return user.number();
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
            new Apache.Host("demo-phone-login"),
            new Apache.Host("demo-username-or-number"),
            new Apache.Host("demo-trusted-device"),
            new Apache.Host("demo-network"),
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
    for (String id : apache.clients()) {
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
