package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.smspm.keycloak.simulator.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;
import org.keycloak.util.JsonSerialization;

/**
 * Two thousand steps without any sense through every door that there is: no page breaks, and nobody
 * gets in whose number's code was not entered in that browser.
 *
 * <p>A failure names its seed; {@code -Dsmspm.crawler.seed=…} walks the same way again, as far as
 * the codes, which are the server's choice, allow it.
 */
@KeycloakIntegrationTest(config = TestServer.class)
class CrawlerIT {

  private static final int STEPS = 2_000;
  private static final int USERS = 6;
  private static final String FLOW = "crawled";

  /** Where a wander can begin: add a door here, and what has to be set up for it in its realm. */
  private static final List<String> DOORS =
      List.of(
          TestBrowser.authorization(),
          TestBrowser.authorization("ui_locales", "ar"),
          TestBrowser.authorization("prompt", "login"),
          TestBrowser.authorization("acr_values", "2"),
          TestBrowser.authorization("kc_action", "smspm-phone-number"));

  /** Where who has a number needs it, and who has none may get in without. */
  private static final List<String> DOORS_FOR_NUMBERS =
      List.of(
          of("demo-phone-login"),
          of("demo-username-or-number"),
          of("demo-any-factor"),
          of("demo-trusted-device"));

  /** The flow of another application, which is known again by what comes back with the code. */
  private static String of(String client) {
    return TestBrowser.authorization("client_id", client, "state", client);
  }

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\u0000",
          "\u202e\u0007%0a",
          "'\"><script>alert(1)</script>",
          "${7*7}#{7*7}<#assign x=1>",
          "{0}{1,choice,0#x}''{",
          "../../../../etc/passwd",
          "-1",
          "99999999999999999999",
          "٠١٢٣٤٥",
          "+",
          "+999999999999999999",
          "true",
          "x".repeat(5_000));

  private static final List<String> TRACES =
      List.of("Exception", "\tat ", "org.keycloak.", "com.smspm.", "freemarker", "FreeMarker");

  /** RFC 7636 appendix B, which the tests' authorization requests are made with. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final List<TestUser> users = new ArrayList<>();

  /** The numbers whose codes were entered in the present browser. */
  private final Set<String> entered = new HashSet<>();

  private int logins;

  @AfterEach
  void now() {
    new ServerClock(admin).moveTo(0);
  }

  @Test
  void twoThousandSteps() throws Exception {
    setUp();
    for (int i = 0; i < USERS; i++) {
      users.add(TestUser.withoutNumber(realm.admin()));
    }
    assertThat(wander(DOORS))
        .containsKeys("field code", "field phoneNumber", "field trustDevice", "field password");
  }

  @Test
  void twoThousandStepsAtDoorsWhereANumberIsAChoice() throws Exception {
    setUp();
    assertThat(wander(DOORS_FOR_NUMBERS))
        .containsKeys("field code", "field phoneNumber", "field trustDevice", "field firstName");
  }

  /** What was seen on the way, and how often. */
  private Map<String, Integer> wander(List<String> doors) throws Exception {
    long seed = Long.getLong("smspm.crawler.seed", System.nanoTime());
    int step = 0;
    Crawler crawler = new Crawler(seed, doors, this::valueFor);
    try (crawler) {
      for (; step < STEPS; step++) {
        if (step % 20 == 0) {
          anotherBrowser(crawler, step);
        }
        assertThatNothingBroke(crawler.step());
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ", step " + step + " (" + crawler.did() + "): " + e.getMessage(), e);
    }
    assertThat(logins).as("logins, seed %d: %s", seed, crawler.seen()).isGreaterThan(5);
    return crawler.seen();
  }

  /** Time passes with each, so that waits, budgets and pauses do not end the wander. */
  private void anotherBrowser(Crawler crawler, int step) {
    crawler.forgetCookies();
    entered.clear();
    new ServerClock(admin).moveTo(step * 90);
  }

  private void setUp() {
    TestFlows.configureRealm(
        realm.admin(), Map.of("pumpingGuard", "off", "perAddressHour", "10000"));
    for (int i = 0; i < USERS; i++) {
      users.add(TestUser.withNumber(realm.admin()));
    }
    if (realm.admin().flows().getFlows().stream().anyMatch(it -> FLOW.equals(it.getAlias()))) {
      return;
    }
    TestFlow.bind(
        realm.admin(),
        FLOW,
        flow ->
            flow.sub(
                "CONDITIONAL",
                it ->
                    it.step("conditional-smspm-trusted-device", "REQUIRED")
                        .step("smspm-code", "REQUIRED")
                        .configure(Map.of("trustedDeviceDays", "30"))));
  }

  private void assertThatNothingBroke(Page page) throws Exception {
    if (page == null) {
      return;
    }
    String address = page.getUrl().toString();
    assertThat(page.getWebResponse().getStatusCode()).as(address).isLessThan(500);
    assertThat(page.getWebResponse().getContentAsString()).as(address).doesNotContain(TRACES);
    Map<String, String> query = queryOf(page.getUrl().getQuery());
    if (address.startsWith(DemoRealm.APPLICATION) && query.containsKey("code")) {
      logins++;
      String user = whoIsLoggedIn(query.get("code"), query.get("state"));
      assertThat(numbersOf(user)).as("number of %s", user).isNotEmpty().allMatch(entered::contains);
    }
  }

  private String valueFor(String field, Random random) {
    TestUser user = users.get(random.nextInt(users.size()));
    if (random.nextInt(100) < 15) {
      return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }
    return switch (field) {
      case "username" -> user.name();
      case "password" -> random.nextInt(100) < 90 ? TestUser.PASSWORD : "wrong";
      case "phoneNumber" -> user.number();
      case "country" -> "EE";
      case "code" -> aCode(random);
      default -> "on";
    };
  }

  /** Mostly one that was sent to somebody just now. */
  private String aCode(Random random) {
    Message newest =
        numbers()
            .flatMap(number -> TestServer.SIMULATOR.messagesTo(number).stream())
            .max((one, other) -> Long.compare(one.receivedAt(), other.receivedAt()))
            .orElse(null);
    if (newest == null || random.nextInt(100) < 25) {
      return String.valueOf(100_000 + random.nextInt(900_000));
    }
    entered.add(newest.to());
    return newest.code();
  }

  private Stream<String> numbers() {
    return users.stream().map(TestUser::number);
  }

  private List<String> numbersOf(String user) throws IOException {
    List<String> numbers = new ArrayList<>();
    for (var credential : realm.admin().users().get(user).credentials()) {
      if (credential.getType().equals("smspm-phone")) {
        numbers.add(
            JsonSerialization.mapper
                .readTree(credential.getCredentialData())
                .path("phoneNumber")
                .asText());
      }
    }
    return numbers;
  }

  /** As the application learns it. */
  private static String whoIsLoggedIn(String code, String state) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:8080/realms/"
                        + DemoRealm.NAME
                        + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "grant_type=authorization_code&client_id="
                        + (state.startsWith("demo-") ? state : "demo-app")
                        + "&code="
                        + code
                        + "&code_verifier="
                        + VERIFIER
                        + "&redirect_uri="
                        + DemoRealm.APPLICATION))
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode tokens = JsonSerialization.mapper.readTree(answer.body());
    assertThat(tokens.has("id_token")).as(answer.body()).isTrue();
    byte[] claims = Base64.getUrlDecoder().decode(tokens.path("id_token").asText().split("\\.")[1]);
    return JsonSerialization.mapper.readTree(claims).path("sub").asText();
  }

  private static Map<String, String> queryOf(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : (query == null ? "" : query).split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    return parameters;
  }
}
