package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.smspm.keycloak.example.PaymentConfirmation;
import com.smspm.keycloak.example.PaymentConfirmation.NotConfirmed;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** The example of docs/step-up.md against a real server, and against those who cheat. */
@KeycloakIntegrationTest(config = TestServer.class)
class PaymentConfirmationIT {

  private static final String CLIENT = "demo-step-up";
  private static final String ISSUER = "http://localhost:8080/realms/" + DemoRealm.NAME;

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();
  private final PaymentConfirmation shop =
      new PaymentConfirmation(URI.create(ISSUER), CLIENT, DemoRealm.APPLICATION);
  private TestUser user;

  @BeforeEach
  void someoneIsLoggedInWithThePassword() {
    user = TestUser.withNumber(realm.admin());
    browser
        .open("client_id", CLIENT)
        .enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
    assertThat(browser.isLoggedIn()).isTrue();
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void aCodeConfirmsThePaymentThatWasAskedForOnce() throws Exception {
    browser.go(shop.begin("order 7", user.id()).toString()).enterCode(user.code(1));

    assertThat(shop.finish(answer())).isEqualTo("order 7");
    refused(answer(), "answered already");
  }

  @Test
  void whoTakesTheLevelOutOfTheRequestConfirmsNothing() throws Exception {
    String url = shop.begin("order 7", user.id()).toString();

    browser.go(url.replaceAll("acr_values=sms", "acr_values=password"));

    assertThat(browser.isLoggedIn()).isTrue();
    refused(answer(), "acr");
    assertThat(user.messages()).isZero();
  }

  @Test
  void whatTheBrowserSaysIsNoProof() throws Exception {
    browser.go(shop.begin("order 7", user.id()).toString().replaceAll("acr_values=sms&?", ""));
    Map<String, String> answer = answer();
    answer.put("kc_action_status", "success");
    answer.put("acr", "sms");

    refused(answer, "acr");
  }

  @Test
  void anotherUsersCodeConfirmsNothing() throws Exception {
    TestUser thief = TestUser.withNumber(realm.admin());
    String url = shop.begin("order 7", user.id()).toString();
    try (TestBrowser other = new TestBrowser()) {
      other
          .go(url)
          .enter(Map.of("username", thief.name(), "password", TestUser.PASSWORD), "login")
          .enterCode(thief.code(1));

      refused(answer(other), "sub");
    }
  }

  @Test
  void theAnswerToAnotherRequestConfirmsNothing() throws Exception {
    String dear = stateOf(shop.begin("dear", user.id()).toString());
    browser.go(shop.begin("cheap", user.id()).toString()).enterCode(user.code(1));
    Map<String, String> answer = answer();
    answer.put("state", dear);

    refused(answer, "");
  }

  @Test
  void whoGivesUpConfirmsNothing() throws Exception {
    String state = stateOf(shop.begin("order 7", user.id()).toString());

    refused(Map.of("state", state, "error", "access_denied"), "access_denied");
  }

  private void refused(Map<String, String> answer, String reason) {
    assertThatThrownBy(() -> shop.finish(answer))
        .isInstanceOf(NotConfirmed.class)
        .hasMessageContaining(reason);
  }

  private Map<String, String> answer() {
    return answer(browser);
  }

  private static Map<String, String> answer(TestBrowser browser) {
    return parameters(browser.url().getRawQuery());
  }

  private static String stateOf(String url) {
    return parameters(URI.create(url).getRawQuery()).get("state");
  }

  private static Map<String, String> parameters(String query) {
    return Stream.of(query.split("&"))
        .map(it -> it.split("=", 2))
        .collect(
            Collectors.toMap(it -> it[0], it -> URLDecoder.decode(it[1], StandardCharsets.UTF_8)));
  }
}
