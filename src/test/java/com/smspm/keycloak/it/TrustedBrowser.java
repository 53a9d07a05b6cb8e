package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.htmlunit.util.Cookie;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;

/** A browser that users come to trust. */
record TrustedBrowser(RealmResource realm, TestBrowser browser) {

  static final String TYPE = "smspm-trusted-device";
  static final String COOKIE = "SMSPM_DEVICE_";
  static final String CONDITION = "conditional-smspm-trusted-device";
  static final String PATH = "/realms/" + DemoRealm.NAME + "/";

  private static final AtomicInteger FLOWS = new AtomicInteger();

  /** Puts a code behind the password, unless the device is trusted. */
  void bind(String days, Map<String, String> condition) {
    TestFlow.bind(
        realm,
        "trusted " + FLOWS.incrementAndGet(),
        flow -> flow.sub("CONDITIONAL", it -> unlessTrusted(it, days, condition)));
  }

  static void unlessTrusted(TestFlow flow, String days, Map<String, String> condition) {
    flow.step(CONDITION, "REQUIRED")
        .configure(condition)
        .step("smspm-code", "REQUIRED")
        .configure(Map.of("trustedDeviceDays", days));
  }

  void trust(TestUser user) {
    browser.signIn(user).tick("trustDevice").enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(devices(user)).hasSize(1);
  }

  /** The next login in the same browser. */
  TestBrowser again(TestUser user) {
    return browser.keepOnly(COOKIE).signIn(user);
  }

  Cookie cookie() {
    assertThat(browser.cookies(COOKIE)).hasSize(1);
    return browser.cookies(COOKIE).get(0);
  }

  static List<CredentialRepresentation> devices(TestUser user) {
    return user.credentials(TYPE);
  }
}
