package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.code.Verdict;
import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.simulator.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** What an operator sees: meters on the management port, spans, and details of events. */
@KeycloakIntegrationTest(config = MonitoredServer.class)
class TelemetryIT {

  private static final URI METRICS = URI.create("http://localhost:9000/metrics");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** A value may be followed by the trace that it was last changed in. */
  private static final Pattern SERIES =
      Pattern.compile("(?m)^(smspm_\\w+)(?:\\{([^}]*)})? (\\S+)(?: # .*)?$");

  private static final Pattern TAG = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Every tag that a meter of ours has, and every value that it can have. */
  private static final Map<String, Set<String>> TAGS =
      Map.of(
          "purpose", names(Purpose.values()),
          "country_group", Set.of("1", "2", "3", "4", "5", "6", "7", "8", "9"),
          "outcome",
              Stream.of(
                      Set.of("accepted", "refused", "not_reached", "unclear", "threw"),
                      Set.of("delivered", "undelivered", "rejected", "expired"),
                      names(FailureReason.values()))
                  .flatMap(Set::stream)
                  .collect(Collectors.toSet()),
          "verdict", names(Verdict.Kind.values()),
          "state", Set.of("opened", "answered", "closed", "open", "half_open"),
          "gateway", Set.of("smspm", "smspm-backup", "log"),
          "reason", names(FailureReason.values()),
          "le",
              Set.of(
                  "0.05", "0.1", "0.2", "0.5", "1.0", "3.0", "5.0", "10.0", "20.0", "30.0", "60.0",
                  "300.0", "+Inf"));

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  @AfterEach
  void tidyUp() {
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    browser.close();
  }

  @Test
  void aLoginIsCounted() {
    TestUser user = TestUser.withNumber(realm.admin());
    Meters before = Meters.now();

    browser.signIn(user).enterCode(TestUser.wrong(user.code(1))).enterCode(user.code(1));

    assertThat(browser.isLoggedIn()).isTrue();
    String of = "country_group=\"3\"";
    assertThat(before.grown("smspm_messages_total", of, "accepted", "login")).isEqualTo(1);
    assertThat(before.grown("smspm_challenges_total", of, "opened", "login")).isEqualTo(1);
    assertThat(before.grown("smspm_challenges_total", of, "answered", "login")).isEqualTo(1);
    assertThat(before.grown("smspm_verifications_total", "login", "\"wrong\"")).isEqualTo(1);
    assertThat(before.grown("smspm_verifications_total", "login", "\"accepted\"")).isEqualTo(1);
    assertThat(before.grown("smspm_gateway_duration_seconds_count", "smspm", "accepted"))
        .isEqualTo(1);
    assertThat(before.grown("smspm_acceptance_duration_seconds_count")).isEqualTo(1);
    assertThat(before.grown("smspm_budgets_duration_seconds_count")).isEqualTo(1);
    assertThat(Meters.now().sum("smspm_queue_length")).isZero();
  }

  @Test
  void aMessageThatIsRefusedIsCountedWithItsReason() {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    Meters before = Meters.now();

    browser.signIn(TestUser.withNumber(realm.admin()));

    Eventually.holds(() -> before.grown("smspm_messages_total", "\"no_credit\"", "\"login\"") == 1);
    assertThat(before.grown("smspm_gateway_duration_seconds_count", "smspm", "refused"))
        .isEqualTo(1);
  }

  @Test
  void aMessageThatMayHaveBeenSentIsNotCountedAsOneThatWasNot() {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.HTML, 0));
    Meters before = Meters.now();

    browser.signIn(TestUser.withNumber(realm.admin()));

    Eventually.holds(() -> before.grown("smspm_messages_total", "\"unclear\"", "\"login\"") == 1);
  }

  @Test
  void theWayToThePhoneIsTimedAndTheCircuitShown() {
    TestUser user = TestUser.withNumber(realm.admin());
    Meters before = Meters.now();
    browser.signIn(user);
    user.code(1);
    Eventually.holds(() -> browser.refresh().text().contains("on its way"));

    DeliveryApi.report(TestServer.SIMULATOR.messagesTo(user.number()).get(0), "POST", "delivered");

    Eventually.holds(() -> before.grown("smspm_delivery_duration_seconds_count", "delivered") == 1);
    assertThat(
            before.grown(
                "smspm_reports_total", "country_group=\"3\"", "\"login\"", "\"delivered\""))
        .isEqualTo(1);
    assertThat(Meters.now().sum("smspm_breakers", "\"smspm\"", "\"closed\"")).isEqualTo(1);
  }

  @Test
  void noTagHasAnOpenSetOfValuesAndNothingSecretIsInOne() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.signIn(user).enterNumber("EE", user.number());
    String code = user.code(1);
    browser.enterCode(code);
    assertThat(browser.isLoggedIn()).isTrue();

    Meters meters = Meters.now();

    assertThat(meters.series()).hasSizeGreaterThan(5);
    for (MatchResult series : meters.series()) {
      String tags = Meters.tagsOf(series);
      for (MatchResult tag : TAG.matcher(tags).results().toList()) {
        assertThat(TAGS).as(series.group()).containsKey(tag.group(1));
        assertThat(TAGS.get(tag.group(1))).as(series.group()).contains(tag.group(2));
      }
      assertThat(tags).doesNotContain(user.number().substring(1)).doesNotContain(code);
    }
  }

  @Test
  void theCallToTheGatewayIsASpanWithoutSecrets() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user);
    String code = user.code(1);

    Eventually.holds(() -> MonitoredServer.traces().contains("smspm.gateway.send"));

    String traces = MonitoredServer.traces();
    assertThat(traces).contains("smspm.outcome").contains("accepted");
    assertThat(traces)
        .doesNotContain(user.number().substring(1))
        .doesNotContain("#" + code)
        .doesNotContain("demo-token")
        .doesNotContain("demo-hash");
  }

  @Test
  void theEventOfALoginSaysHowManyMessagesItTookAndWhatBecameOfTheNewest() {
    TestUser user = TestUser.withNumber(realm.admin());
    Meters before = Meters.now();

    browser.signIn(user);
    String code = user.code(1);
    // The answer is known to the page when it is counted
    Eventually.holds(() -> before.grown("smspm_messages_total", "accepted") == 1);
    browser.enterCode(code);

    Map<String, String> details = detailsOfLogin(user);
    assertThat(details)
        .containsEntry("smspm_messages", "1")
        .containsKey("smspm_delivery")
        .containsKey("smspm_seconds");
    assertThat(Integer.parseInt(details.get("smspm_seconds"))).isBetween(0, 60);
    assertThat(details.get("smspm_delivery")).isIn("queued", "accepted");
    assertThat(acceptances(user)).isEmpty();
  }

  @Test
  void whereARequiredActionFollowsTheCodeTheEventOfTheLoginSaysItStill() {
    TestUser user = userWhoHasToUpdateTheProfile();

    browser.signIn(user).enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(events("LOGIN", user)).isEmpty();
    browser.enter(Map.of("lastName", "Another"), null);

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(detailsOfLogin(user))
        .containsEntry("smspm_messages", "1")
        .containsKeys("smspm_delivery", "smspm_seconds");
  }

  @Test
  void aStepThatFollowsTheCodeDoesNotHideItEither() {
    TestFlow.bind(
        realm.admin(),
        "a password after the code",
        flow -> flow.step("smspm-code", "REQUIRED").step("auth-password-form", "REQUIRED"));
    try {
      TestUser user = TestUser.withNumber(realm.admin());
      browser.signIn(user).enterCode(user.code(1));
      assertThat(events("LOGIN", user)).isEmpty();
      browser.enter(Map.of("password", TestUser.PASSWORD), "login");

      assertThat(browser.isLoggedIn()).isTrue();
      assertThat(detailsOfLogin(user))
          .containsEntry("smspm_messages", "1")
          .containsKeys("smspm_delivery", "smspm_seconds");
    } finally {
      OpenDoors.bindBrowser(realm.admin(), "browser with SMS");
    }
  }

  /** By Keycloak's own code; should that change, this says so, and the further event can go. */
  @Test
  void whereAConsentPageComesLastAnEventOfOurOwnSaysIt() {
    changeClient(client -> client.setConsentRequired(true));
    try {
      TestUser user = TestUser.withNumber(realm.admin());
      browser.signIn(user).enterCode(user.code(1));
      assertThat(browser.isLoggedIn()).isFalse();
      browser.press("accept");

      assertThatOurEventSaysWhatTheLoginDoesNot(user);
    } finally {
      changeClient(client -> client.setConsentRequired(false));
    }
  }

  @Test
  void soItDoesWhereADeviceIsSignedIn() throws Exception {
    changeClient(
        client -> client.getAttributes().put("oauth2.device.authorization.grant.enabled", "true"));
    TestUser user = TestUser.withNumber(realm.admin());
    browser
        .go(deviceVerification())
        .enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login")
        .enterCode(user.code(1))
        .press("accept");

    assertThat(browser.text()).contains("Device Login Successful");
    assertThat(detailsOfAcceptance(user)).containsEntry("smspm_messages", "1");
  }

  /** What a television shows as a picture. */
  private static String deviceVerification() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(TestBrowser.ISSUER + "auth/device"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    URI.create(TestBrowser.authorization()).getRawQuery()))
            .build();
    String answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(answer).get("verification_uri_complete").asText();
  }

  @Test
  void whereTheRequiredActionIsOffAnEventOfOurOwnSaysIt() {
    setActionEnabled(false);
    try {
      TestUser user = userWhoHasToUpdateTheProfile();
      browser.signIn(user).enterCode(user.code(1));
      browser.enter(Map.of("lastName", "Another"), null);

      assertThatOurEventSaysWhatTheLoginDoesNot(user);
    } finally {
      setActionEnabled(true);
    }
  }

  @Test
  void aLoginInWhichNoCodeWasRightSaysNothingOfThem() {
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    browser.signIn(user).enterCode(TestUser.wrong(user.code(1)));

    browser.tryAnotherWay().choose("Authenticator Application");
    browser.enter(Map.of("otp", TestFactors.totpCode()), "login");

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(detailsOfLogin(user))
        .doesNotContainKeys("smspm_messages", "smspm_delivery", "smspm_seconds");
  }

  private TestUser userWhoHasToUpdateTheProfile() {
    TestUser user = TestUser.withNumber(realm.admin());
    UserRepresentation representation = user.admin().toRepresentation();
    representation.setRequiredActions(List.of("UPDATE_PROFILE"));
    user.admin().update(representation);
    return user;
  }

  private Map<String, String> detailsOfLogin(TestUser user) {
    List<EventRepresentation> logins = events("LOGIN", user);
    assertThat(logins).hasSize(1);
    return logins.get(0).getDetails();
  }

  private void assertThatOurEventSaysWhatTheLoginDoesNot(TestUser user) {
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(detailsOfLogin(user)).doesNotContainKey("smspm_messages");
    assertThat(detailsOfAcceptance(user))
        .containsEntry("smspm_messages", "1")
        .containsKeys("smspm_delivery", "smspm_seconds");
  }

  private Map<String, String> detailsOfAcceptance(TestUser user) {
    assertThat(acceptances(user)).hasSize(1);
    return acceptances(user).get(0);
  }

  private List<Map<String, String>> acceptances(TestUser user) {
    return events("CUSTOM_REQUIRED_ACTION", user).stream()
        .map(EventRepresentation::getDetails)
        .filter(details -> "code_accepted".equals(details.get("smspm_event")))
        .toList();
  }

  private void changeClient(Consumer<ClientRepresentation> change) {
    ClientRepresentation client = realm.admin().clients().findByClientId("demo-app").get(0);
    change.accept(client);
    realm.admin().clients().get(client.getId()).update(client);
  }

  private void setActionEnabled(boolean enabled) {
    String alias = "smspm-phone-number";
    RequiredActionProviderRepresentation action = realm.admin().flows().getRequiredAction(alias);
    action.setEnabled(enabled);
    realm.admin().flows().updateRequiredAction(alias, action);
  }

  private List<EventRepresentation> events(String type, TestUser user) {
    return realm.admin().getEvents(List.of(type), null, user.id(), null, null, null, null, null);
  }

  private static Set<String> names(Enum<?>[] constants) {
    return Stream.of(constants)
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** What the management port shows, in Prometheus' text form. */
  private record Meters(String text) {

    static Meters now() {
      try {
        return new Meters(
            CLIENT
                .send(HttpRequest.newBuilder(METRICS).build(), HttpResponse.BodyHandlers.ofString())
                .body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    List<MatchResult> series() {
      return SERIES.matcher(text).results().toList();
    }

    static String tagsOf(MatchResult series) {
      return series.group(2) == null ? "" : series.group(2);
    }

    /** Of all series of this name whose tags contain all of these. */
    double sum(String name, String... tags) {
      return series().stream()
          .filter(series -> series.group(1).equals(name))
          .filter(series -> Stream.of(tags).allMatch(tagsOf(series)::contains))
          .mapToDouble(series -> Double.parseDouble(series.group(3)))
          .sum();
    }

    double grown(String name, String... tags) {
      return now().sum(name, tags) - sum(name, tags);
    }
  }
}
