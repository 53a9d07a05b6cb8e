package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.htmlunit.util.Cookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** What comes through a proxy that the server trusts: other addresses, and https. */
@KeycloakIntegrationTest(config = ProxiedServer.class)
class BehindProxyIT {

  private static final String ONLY_HTTPS = "__Secure-SMSPM_DEVICE_";
  private static final AtomicInteger FLOWS = new AtomicInteger();

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserWithANumber() {
    user = TestUser.withNumber(realm.admin());
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.1.2.3, true",
    "10.0.0.0/8, 11.1.2.3, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "2001:db8::/32, 2001:db8:1::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "127.0.0.0/8, 10.1.2.3, false",
    "10.0.0.0/8, localhost, false",
    "10.0.0.0/8, 10.1.2, false"
  })
  void theAddressIsWhatTheProxySays(String network, String address, boolean trusted) {
    TestFlow.bind(
        realm.admin(),
        "outside " + FLOWS.incrementAndGet(),
        flow -> flow.sub("CONDITIONAL", it -> NetworkConditionIT.outside(it, network)));

    try (TestBrowser https = overHttps().sending("X-Forwarded-For", address).signIn(user)) {
      assertThat(https.isLoggedIn()).isEqualTo(trusted);
      assertThat(https.has("code")).isEqualTo(!trusted);
    }
  }

  /** Nor is one for https made of it, since whoever can write to http could have planted it. */
  @Test
  void aCookieOfHttpsIsForHttpsOnly() {
    TestFlow.bind(
        realm.admin(),
        "trusted over https",
        flow ->
            flow.sub(
                "CONDITIONAL",
                it ->
                    it.step("conditional-smspm-trusted-device", "REQUIRED")
                        .step("smspm-code", "REQUIRED")
                        .configure(Map.of("trustedDeviceDays", "30"))));
    Cookie cookie;
    try (TestBrowser https = overHttps()) {
      https.signIn(user).tick("trustDevice").enterCode(user.code(1));
      assertThat(https.isLoggedIn()).isTrue();
      cookie = https.cookies(ONLY_HTTPS).get(0);
      assertThat(cookie.isSecure()).isTrue();
      assertThat(cookie.isHttpOnly()).isTrue();
      assertThat(https.keepOnly(ONLY_HTTPS).signIn(user).isLoggedIn()).isTrue();
      cookie = https.cookies(ONLY_HTTPS).get(0);
    }
    String plain = cookie.getName().replace("__Secure-", "");
    try (TestBrowser https = overHttps()) {
      https.takeCookie(plain, cookie.getValue(), cookie.getPath()).signIn(user);
      assertThat(https.isLoggedIn()).isFalse();
    }
    browser.takeCookie(cookie.getName(), cookie.getValue(), cookie.getPath()).signIn(user);
    assertThat(browser.isLoggedIn()).isFalse();
  }

  private static TestBrowser overHttps() {
    return new TestBrowser().reaching("https://localhost").sending("X-Forwarded-Proto", "https");
  }
}
