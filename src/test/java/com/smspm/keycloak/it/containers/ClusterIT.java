package com.smspm.keycloak.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import com.smspm.keycloak.simulator.SmspmSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.support.ui.FluentWait;

/**
 * Two nodes on one PostgreSQL: no limit is wider because requests go to one node and the other in
 * turn, and none is forgotten with a node that dies. What belongs to a user that a test makes for
 * itself needs no order; only the death of a node comes last, and after it everything holds again.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {

  private static final String VERSION = "26.7.3";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LAST = Integer.MAX_VALUE;

  /** Not there: the tests bring reports to a node that they choose. */
  private static final String REPORTS = "https://sms.example.com";

  /** The members of the cluster, in the words of Infinispan. */
  private static final Pattern VIEW = Pattern.compile("\\([0-9]+\\) \\[");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static SmspmSimulator simulator;
  private static ProductionKeycloak first;
  private static ProductionKeycloak second;
  private static boolean secondLives = true;

  @BeforeAll
  static void start() {
    simulator = SmspmSimulator.start("0.0.0.0", 0);
    Map<String, String> options = options();
    first = new ProductionKeycloak(VERSION, options);
    first.start();
    second = new ProductionKeycloak(VERSION, options, first);
    second.start();
    awaitNodes(2);
  }

  private static Map<String, String> options() {
    return Map.of(
        "KC_SPI_SMS_GATEWAY__SMSPM__ENDPOINT",
        "http://host.docker.internal:" + simulator.port(),
        "KC_SPI_SMS_GATEWAY__SMSPM__ALLOW_HTTP",
        "true",
        "KC_SPI_SMS_GATEWAY__SMSPM__HASH",
        "demo-hash",
        "KC_SPI_SMS_GATEWAY__SMSPM__TOKEN",
        "demo-token",
        "KC_SPI_SMS_DELIVERY__DEFAULT__REPORT_BASE_URL",
        REPORTS);
  }

  /** Until the first node says last that the cluster has so many. */
  private static void awaitNodes(int count) {
    new FluentWait<>(first)
        .withTimeout(PATIENCE)
        .until(
            it ->
                it.log().stream()
                    .filter(VIEW.asPredicate())
                    .reduce((one, next) -> next)
                    .filter(line -> line.matches(".*\\(" + count + "\\) \\[.*"))
                    .isPresent());
  }

  @AfterAll
  static void stop() {
    second.stop();
    first.stop();
    simulator.close();
  }

  @AfterEach
  void goOnAsUsual() {
    simulator.behave(Behaviour.NORMAL);
  }

  @Test
  void guessesOnOneChallengeAreFiveThoughTheyGoToBothNodes() throws Exception {
    DemoUser user = user();
    try (DemoLogin login = first.login().enterPassword(user.name(), DemoUser.PASSWORD)) {
      String code = user.code(simulator, 1);
      String wrong = DemoUser.wrong(code);
      for (int round = 0; round < 10 && login.refresh().hasCodeField(); round++) {
        atOnce(20, i -> login.postCode(node(i).url(), wrong));
      }

      assertThat(user.guesses()).isBetween(1L, 5L);
      assertThat(login.refresh().hasCodeField()).isFalse();
      assertThat(login.postCode(node(1).url(), code)).isEmpty();
    }
  }

  @Test
  void aHundredRightAnswersAtBothNodesAreOneLogin() throws Exception {
    DemoUser user = user();
    try (DemoLogin login = node(1).login().enterPassword(user.name(), DemoUser.PASSWORD)) {
      String code = user.code(simulator, 1);

      List<String> locations = atOnce(100, i -> login.postCode(node(i).url(), code));

      assertThat(locations.stream().filter(DemoLogin::leadsToTheApplication)).hasSize(1);
    }
  }

  @Test
  void guessesOverFreshSessionsAtBothNodesAreTen() throws Exception {
    simulator.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    DemoUser user = user();

    guessInFreshSessions(user, 16);

    assertThat(user.guesses()).isEqualTo(10);
    simulator.behave(Behaviour.NORMAL);
  }

  @Test
  void messagesToOneNumberAreFiveAtBothNodesTogether() throws Exception {
    DemoUser user = user();

    assertThat(loginsInTurn(user, 7)).isEqualTo(5);
    assertThat(simulator.messagesTo(user.number())).hasSize(5);
  }

  @Test
  void loginAndEnrolmentAtBothNodesShareTheNumbersBudget() throws Exception {
    DemoUser owner = user();
    List<DemoUser> strangers =
        Stream.generate(() -> DemoUser.createWithoutNumber(first.realm())).limit(20).toList();
    assertThat(loginsInTurn(owner, 1)).isEqualTo(1);
    atOnce(
        strangers.size(),
        i -> {
          try (DemoLogin login = node(i).login()) {
            login.enterPassword(strangers.get(i).name(), DemoUser.PASSWORD);
            return login.enterNumber(owner.number()).text();
          }
        });
    owner.code(simulator, 2);

    for (int messages = 3; messages <= 7; messages++) {
      try (DemoLogin login =
          node(messages).login().enterPassword(owner.name(), DemoUser.PASSWORD)) {
        if (!login.hasCodeField()) {
          break;
        }
        login.enterCodeAt(node(messages + 1).url(), owner.code(simulator, messages));
        assertThat(login.isBackAtTheApplication()).isTrue();
      }
    }

    assertThat(simulator.messagesTo(owner.number())).hasSize(5);
  }

  @Test
  void browsersAtOnceGetOneMessage() throws Exception {
    DemoUser user = user();

    atOnce(
        20,
        i -> {
          try (DemoLogin login = node(i).login()) {
            return login.enterPassword(user.name(), DemoUser.PASSWORD).text();
          }
        });

    user.code(simulator, 1);
    assertThat(simulator.messagesTo(user.number())).hasSize(1);
  }

  @Test
  void aLoginBegunAtOneNodeEndsAtTheOther() throws Exception {
    DemoUser user = user();
    try (DemoLogin login = first.login().enterPassword(user.name(), DemoUser.PASSWORD)) {
      String code = user.code(simulator, 1);
      login.enterCodeAt(second.url(), DemoUser.wrong(code));
      assertThat(login.text()).contains("4 attempts");

      assertThat(login.enterCodeAt(first.url(), code).isBackAtTheApplication()).isTrue();
    }
  }

  @Test
  void aDeviceThatOneNodeTrustsTheOtherKnows() throws Exception {
    DemoFlows.offerTrustedDevices(first.realm());
    DemoUser user = user();
    try (DemoLogin login = first.login().enterPassword(user.name(), DemoUser.PASSWORD)) {
      login.chooseToTrust().enterCode(user.code(simulator, 1));
      assertThat(login.isBackAtTheApplication()).isTrue();

      for (int i = 1; i <= 6; i++) {
        login.again(node(i).url()).enterPassword(user.name(), DemoUser.PASSWORD);
        assertThat(login.isBackAtTheApplication()).as("login %d", i).isTrue();
      }
      first.realm().users().get(user.id()).credentials().stream()
          .filter(it -> it.getType().equals("smspm-trusted-device"))
          .forEach(it -> first.realm().users().get(user.id()).removeCredential(it.getId()));

      new FluentWait<>(login)
          .withTimeout(PATIENCE)
          .ignoring(UncheckedIOException.class)
          .until(it -> isAskedAt(second, it, user));
    }
    assertThat(simulator.messagesTo(user.number())).hasSizeLessThanOrEqualTo(2);
  }

  private static boolean isAskedAt(ProductionKeycloak node, DemoLogin login, DemoUser user) {
    try {
      login.again(node.url()).enterPassword(user.name(), DemoUser.PASSWORD);
      return login.isAskingForACode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One has sent the message, one gets the report, and the page is another one's. */
  @Test
  @Order(LAST - 1)
  void aReportToOneNodeIsSeenAtTheOthers() throws Exception {
    try (ProductionKeycloak third = new ProductionKeycloak(VERSION, options(), first)) {
      third.start();
      awaitNodes(3);
      DemoUser user = user();
      try (DemoLogin login = first.login().enterPassword(user.name(), DemoUser.PASSWORD)) {
        String code = user.code(simulator, 1);
        String address = simulator.messagesTo(user.number()).get(0).report();
        assertThat(address).startsWith(REPORTS + "/realms/smspm-demo/smspm/delivery-reports/");
        new FluentWait<>(login)
            .withTimeout(PATIENCE)
            .until(page -> page.refresh().text().contains("on its way"));
        List<String> asked =
            Stream.of(first, second, third).map(node -> login.statusAt(node.url())).toList();
        for (String status : asked) {
          assertThat(get(status)).contains("\"state\":\"accepted\"");
        }

        assertThat(get(DemoLogin.at(second.url(), address) + "?status=delivered")).isEqualTo("OK");
        assertThat(get(DemoLogin.at(first.url(), address) + "?status=failed")).isEqualTo("OK");

        for (String status : asked) {
          assertThat(get(status)).contains("\"state\":\"delivered\"");
        }
        login.enterCodeAt(third.url(), DemoUser.wrong(code));
        assertThat(login.text()).contains("4 attempts", "has arrived on your phone");
        assertThat(login.isBackAtTheApplication()).isFalse();
      }
    }
    awaitNodes(2);
  }

  @Test
  @Order(LAST)
  void aNodeThatDiesTakesNoLimitWithIt() throws Exception {
    DemoUser spent = user();
    assertThat(loginsInTurn(spent, 5)).isEqualTo(5);
    DemoUser paused = user();
    simulator.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    guessInFreshSessions(paused, 12);
    simulator.behave(Behaviour.NORMAL);

    second.kill();
    secondLives = false;
    awaitNodes(1);

    try (DemoLogin login = first.login().enterPassword(spent.name(), DemoUser.PASSWORD)) {
      assertThat(login.hasCodeField()).isFalse();
      assertThat(simulator.messagesTo(spent.number())).hasSize(5);
    }
    try (DemoLogin login = first.login().enterPassword(paused.name(), DemoUser.PASSWORD)) {
      assertThat(login.text()).contains("paused");
      assertThat(paused.guesses()).isEqualTo(10);
    }
    guessesOnOneChallengeAreFiveThoughTheyGoToBothNodes();
    aHundredRightAnswersAtBothNodesAreOneLogin();
    guessesOverFreshSessionsAtBothNodesAreTen();
    messagesToOneNumberAreFiveAtBothNodesTogether();
    loginAndEnrolmentAtBothNodesShareTheNumbersBudget();
  }

  /** Complete logins, each at the other node than the one before, until no code comes. */
  private static int loginsInTurn(DemoUser user, int most) throws IOException {
    int logins = 0;
    for (int i = 0; i < most; i++) {
      try (DemoLogin login = node(i).login().enterPassword(user.name(), DemoUser.PASSWORD)) {
        if (!login.hasCodeField()) {
          return logins;
        }
        login.enterCodeAt(node(i + 1).url(), user.code(simulator, logins + 1));
        assertThat(login.isBackAtTheApplication()).isTrue();
        logins++;
      }
    }
    return logins;
  }

  /** Each in a session of its own, all at once, half of them at each node. */
  private static void guessInFreshSessions(DemoUser user, int sessions) throws Exception {
    List<DemoLogin> logins = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      DemoLogin login = node(i).login().enterPassword(user.name(), DemoUser.PASSWORD);
      new FluentWait<>(login)
          .withTimeout(PATIENCE)
          .until(page -> page.refresh().text().contains("could not send"));
      logins.add(login);
    }
    atOnce(sessions, i -> logins.get(i).postCode(node(i + 1).url(), "000000"));
    logins.forEach(DemoLogin::close);
  }

  /** One and the other in turn, as long as there are two. */
  private static ProductionKeycloak node(int i) {
    return secondLives && i % 2 == 1 ? second : first;
  }

  private static String get(String address) throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static DemoUser user() {
    return DemoUser.create(first.realm());
  }

  private interface Task<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> atOnce(int count, Task<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        tasks.add(() -> task.run(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
