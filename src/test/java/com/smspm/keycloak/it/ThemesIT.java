package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** What admins do to pages: themes of their own, and a strict content security policy. */
@KeycloakIntegrationTest(config = TestServer.class)
class ThemesIT {

  private static final String POLICY = "contentSecurityPolicy";
  private static final String STRICT =
      "script-src 'self'; style-src 'self'; frame-src 'self'; object-src 'none';";

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = PagesRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @AfterEach
  void asItWas() {
    protect("frame-src 'self'; frame-ancestors 'self'; object-src 'none';");
  }

  @ParameterizedTest
  @EnumSource(
      value = PageState.class,
      names = {"CODE", "CODE_WRONG", "CODE_OTHER_WAYS", "NUMBER", "NUMBER_CODE"})
  void aThemeOfOtherColoursIsAsAccessibleAsKeycloaksOwnPageInIt(PageState state) {
    PagesRealm.show(realm.admin(), "smspm-child");
    BROWSER.signIn(TestUser.withoutNumber(realm.admin(), TestFactors.totp()));
    List<Axe.Fault> keycloaks = Axe.faults(BROWSER, true);
    BROWSER.forget();

    state.open(new PageState.Visit(BROWSER, realm.admin(), admin, "en"));

    List<Axe.Fault> faults = Axe.faults(BROWSER, true);
    assertThat(faults).filteredOn(Axe.Fault::ours).isEmpty();
    assertThat(Axe.keys(keycloaks)).containsAll(Axe.keys(faults));
    assertThat(BROWSER.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aStrictPolicyStopsNothingOfOurs(String theme) {
    PagesRealm.show(realm.admin(), theme);
    protect(STRICT);
    BROWSER.signIn(TestUser.withoutNumber(realm.admin(), TestFactors.totp()));
    assertThat(BROWSER.has("#otp")).isTrue();
    Map<String, Long> keycloaks = complaints();
    BROWSER.forget();
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());

    BROWSER.signIn(user);

    assertThat(keycloaks).as("complaints about Keycloak's own page").isNotEmpty();
    complaints()
        .forEach(
            (complaint, count) ->
                assertThat(keycloaks.getOrDefault(complaint, 0L))
                    .as(complaint)
                    .isGreaterThanOrEqualTo(count));
    BROWSER.press("#smspm-other-ways-form button");
    assertThat(BROWSER.has("#code")).isFalse();
    BROWSER.forget();
    TestUser another = TestUser.withNumber(realm.admin());
    BROWSER.signIn(another);
    BROWSER.enterCode(another.code(1));
    assertThat(BROWSER.isLoggedIn()).as("sent by itself, so our scripts run").isTrue();
  }

  @Test
  void aNumberIsSetUpUnderAStrictPolicy() {
    protect(STRICT);
    PageState.Visit visit = new PageState.Visit(BROWSER, realm.admin(), admin, "en");
    TestUser user = PageState.NUMBER.open(visit);

    BROWSER.find("#country").sendKeys("Latvia");
    BROWSER.await(it -> it.text("#smspm-example").contains("21 234 567"));
    visit.enterNumber(user.number());
    BROWSER.enterCode(user.code(1));

    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  /** How often the browser has said what, without hashes and places. */
  private static Map<String, Long> complaints() {
    Map<String, Long> counts = new TreeMap<>();
    for (String problem : BROWSER.problems()) {
      counts.merge(
          problem
              .replaceAll("^\\S+ [0-9:]+ ", "")
              .replaceAll("https?://[^ ]*", "")
              .replaceAll("'sha256-[^']*'", ""),
          1L,
          Long::sum);
    }
    return counts;
  }

  private void protect(String policy) {
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.getBrowserSecurityHeaders().put(POLICY, policy);
    realm.admin().update(settings);
  }
}
