package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.runonserver.InjectRunOnServer;
import org.keycloak.testframework.remote.runonserver.RunOnServerClient;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** How many messages can be caused, however one goes about it. */
@KeycloakIntegrationTest(config = TestServer.class)
class BudgetsIT {

  private static final int MINUTE = 60;
  private static final int STEP = 5 * MINUTE;

  /** Minutes at which everybody tries: often enough for every wait to have ended. */
  private static final int[] MOMENTS = {0, 2, 5, 11, 17, 23, 50, 59, 61, 63, 68, 75, 82, 119, 121};

  private static final int TWENTY = 20;
  private static final Pattern WAIT = Pattern.compile("New code possible in: ([0-9:]+)");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @InjectRunOnServer(permittedPackages = "com.smspm.keycloak.it")
  RunOnServerClient server;

  @BeforeEach
  void oneAddressMayAskOften() {
    // All browsers of a test share one address
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
  }

  @AfterEach
  void theDefaultsAgain() {
    moveTo(0);
    TestFlows.configureRealm(realm.admin(), Map.of());
  }

  @Test
  void twentyBrowsersAtOnceGetOneNumberFiveMessagesAnHourThroughTheLogin() {
    String number = TestUser.anotherNumber();
    List<TestUser> users = usersWith(number);

    assertAtMostFiveInAnHour(number, i -> login(users.get(i)));
  }

  @Test
  void twentyBrowsersAtOnceGetOneNumberThreeMessagesAnHourThroughEnrolment() {
    String number = TestUser.anotherNumber();
    List<TestUser> users = new ArrayList<>();
    for (int i = 0; i < TWENTY; i++) {
      users.add(TestUser.withoutNumber(realm.admin()));
    }

    List<Integer> sent = sentInSteps(number, i -> enrol(users.get(i), number));

    assertThat(mostInAnHour(sent)).isEqualTo(3);
  }

  @Test
  void loginAndEnrolmentMixedShareTheNumbersBudget() {
    String number = TestUser.anotherNumber();
    List<TestUser> enrolled = usersWith(number);
    List<TestUser> others = new ArrayList<>();
    for (int i = 0; i < TWENTY; i++) {
      others.add(TestUser.withoutNumber(realm.admin()));
    }

    assertAtMostFiveInAnHour(
        number, i -> i % 2 == 0 ? login(enrolled.get(i)) : enrol(others.get(i), number));
  }

  @Test
  void aStrangerWhoEnrolsSomebodysNumberCannotKeepThatPersonFromLoggingIn() {
    TestUser victim = TestUser.withNumber(realm.admin());
    for (int i = 0; i < 10; i++) {
      moveTo(i * STEP);
      enrol(TestUser.withoutNumber(realm.admin()), victim.number()).run();
    }
    int before = victim.messages();
    assertThat(before).isEqualTo(3);

    try (TestBrowser browser = new TestBrowser()) {
      // At once: nobody waits for what a stranger did
      enrol(TestUser.withoutNumber(realm.admin()), victim.number()).run();
      browser.signIn(victim);
      assertThat(browser.enterCode(victim.code(before + 1)).isLoggedIn()).isTrue();
    }
  }

  @Test
  void oneAddressProvesNoMoreNumbersThanItsBudgetAllows() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "5"));
    moveTo(4 * 60 * MINUTE); // out of the windows of the other tests, which share the address
    for (int i = 0; i < 5; i++) {
      TestUser user = TestUser.withoutNumber(realm.admin());
      enrol(user, user.number()).run();
      assertThat(user.awaitedMessages(1)).isEqualTo(1);
    }
    TestUser sixth = TestUser.withoutNumber(realm.admin());
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(sixth).enterNumber("EE", sixth.number());
      assertThat(browser.has("code")).isFalse();
      assertThat(browser.text()).containsPattern("New code possible in: \\d+:\\d\\d");
    }
    // Behind a password and a proven number an address does not matter
    TestUser enrolled = TestUser.withNumber(realm.admin());
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(enrolled);
      assertThat(browser.enterCode(enrolled.code(1)).isLoggedIn()).isTrue();
    }
  }

  @Test
  void whoHadToWaitForOneNumberMayNameAnotherAndLaterTheSame() {
    String number = TestUser.anotherNumber();
    enrol(TestUser.withoutNumber(realm.admin()), number).run();
    assertThat(TestServer.SIMULATOR.awaitMessagesTo(number, 1, PATIENCE)).hasSize(1);
    TestUser user = TestUser.withoutNumber(realm.admin());
    TestUser another = TestUser.withoutNumber(realm.admin());
    try (TestBrowser same = new TestBrowser();
        TestBrowser other = new TestBrowser()) {
      same.signIn(user).enterNumber("EE", number);
      other.signIn(another).enterNumber("EE", number);
      assertThat(same.text()).contains("Please wait");
      assertThat(other.text()).contains("Please wait");

      other.enterNumber("EE", another.number());
      assertThat(other.enterCode(another.code(1)).isLoggedIn()).isTrue();

      moveTo(40);
      same.enterNumber("EE", number);
      assertThat(same.enterCode(TestUser.codeTo(number, 2)).isLoggedIn()).isTrue();
    }
  }

  @Test
  void aCodeThatIsEnteredGivesItsAddressTheMessageBack() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "5"));
    moveTo(8 * 60 * MINUTE);
    for (int i = 0; i < 7; i++) {
      TestUser user = TestUser.withoutNumber(realm.admin());
      try (TestBrowser browser = new TestBrowser()) {
        browser.signIn(user).enterNumber("EE", user.number());
        assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
      }
    }
  }

  @Test
  void aCapOfTheRealmIsKeptAndToldOfBeforeItIsReached() {
    TestFlows.configureRealm(
        realm.admin(), Map.of("perAddressHour", "10000", "perRealmHour", "10"));
    moveTo(12 * 60 * MINUTE);
    long alertsBefore = alerts();
    int sent = 0;
    for (int i = 0; i < 12; i++) {
      TestUser user = TestUser.withNumber(realm.admin());
      login(user).run();
      sent += issued(user);
      assertThat(alerts() - alertsBefore).isEqualTo(sent >= 8 ? 1 : 0);
    }
    assertThat(sent).isEqualTo(10);

    moveTo(13 * 60 * MINUTE + 1);
    TestUser later = TestUser.withNumber(realm.admin());
    login(later).run();
    assertThat(issued(later)).isEqualTo(1);
  }

  @Test
  void strangersUseUpTheirShareOfTheRealmsCapAndNoMore() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000", "perRealmDay", "15"));
    // A day's cap: the hour's is another test's
    moveTo(16 * 60 * MINUTE);
    long alertsBefore = alerts();
    int sent = 0;
    for (int i = 0; i < 10; i++) {
      TestUser stranger = TestUser.withoutNumber(realm.admin());
      try (TestBrowser browser = new TestBrowser()) {
        browser.signIn(stranger).enterNumber("EE", stranger.number());
        if (issued(stranger) == 1) {
          sent++;
          // Gives the address back, which the other tests share
          browser.enterCode(stranger.code(1));
        }
      }
    }
    assertThat(sent).isEqualTo(8);
    assertThat(alerts() - alertsBefore).isEqualTo(1);

    for (int i = 0; i < 7; i++) {
      TestUser owner = TestUser.withNumber(realm.admin());
      login(owner).run();
      assertThat(issued(owner)).isEqualTo(1);
    }
    TestUser late = TestUser.withNumber(realm.admin());
    login(late).run();
    assertThat(issued(late)).isZero();
  }

  @Test
  void whoHasUsedUpABudgetIsToldWhenItsFirstMessageLeavesIt() {
    TestFlows.configureRealm(
        realm.admin(), Map.of("perAddressHour", "10000", "perNumberDay", "5", "perUserDay", "5"));
    TestUser user = TestUser.withNumber(realm.admin());
    for (int i = 0; i < 5; i++) {
      moveTo(i * 12 * MINUTE);
      login(user).run();
    }
    assertThat(user.awaitedMessages(5)).isEqualTo(5);

    // The wait after the fifth is over, and the hour is not
    moveTo(55 * MINUTE);
    assertThat(secondsToldTo(user)).isBetween(4 * MINUTE, 5 * MINUTE);
    // The hour is over, and the day is not
    moveTo(2 * 60 * MINUTE);
    assertThat(secondsToldTo(user)).isBetween(22 * 60 * MINUTE - MINUTE, 22 * 60 * MINUTE);
  }

  @Test
  void aTransactionThatRollsBackGivesItsClaimsBack() {
    String number = TestUser.anotherNumber();

    assertThat(server.fetch(BudgetsOnServer.granted(number, 10, true), Integer.class))
        .isEqualTo(10);
    assertThat(server.fetch(BudgetsOnServer.granted(number, 2, false), Integer.class)).isEqualTo(1);
  }

  /** No message, and so no budget, but each is a call that the account has only so many of. */
  @Test
  void numbersThatTheGatewayRefusesCannotBeTriedForEver() {
    moveTo(16 * 60 * MINUTE);
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.REFUSED_IN_200, 0));
    TestUser user = TestUser.withoutNumber(realm.admin());
    int before = TestServer.SIMULATOR.requests();
    try (TestBrowser browser = new TestBrowser()) {
      browser.signIn(user);
      for (int i = 0; i < 40 && browser.has("phoneNumber"); i++) {
        browser.enterNumber("EE", TestUser.anotherNumber());
        if (browser.has("changeNumber")) {
          Eventually.holds(() -> browser.refresh().text().contains("could not send"));
          browser.press("changeNumber");
        }
      }
      assertThat(browser.text()).containsPattern("New code possible in: \\d+:\\d\\d");
    } finally {
      TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    }
    assertThat(TestServer.SIMULATOR.requests() - before).isEqualTo(30);
  }

  private interface Visits {
    Runnable of(int browser);
  }

  private void assertAtMostFiveInAnHour(String number, Visits visits) {
    assertThat(mostInAnHour(sentInSteps(number, visits))).isEqualTo(5);
  }

  /** Twenty browsers at once, at each of the moments; how many messages came of it. */
  private List<Integer> sentInSteps(String number, Visits visits) {
    List<Integer> sent = new ArrayList<>();
    int before = 0;
    for (int minute : MOMENTS) {
      moveTo(minute * MINUTE);
      AtOnce.run(
          TWENTY,
          i ->
              () -> {
                visits.of(i).run();
                return null;
              });
      int all = handedOver(number);
      sent.add(all - before);
      before = all;
    }
    int expected = before;
    Eventually.holds(() -> TestServer.SIMULATOR.messagesTo(number).size() == expected);
    return sent;
  }

  private static int mostInAnHour(List<Integer> sent) {
    int most = 0;
    for (int from = 0; from < MOMENTS.length; from++) {
      int inHour = 0;
      for (int to = from; to < MOMENTS.length && MOMENTS[to] < MOMENTS[from] + 60; to++) {
        inHour += sent.get(to);
      }
      most = Math.max(most, inHour);
    }
    return most;
  }

  private static int secondsToldTo(TestUser user) {
    try (TestBrowser browser = new TestBrowser()) {
      Matcher told = WAIT.matcher(browser.signIn(user).text());
      assertThat(told.find()).isTrue();
      return Stream.of(told.group(1).split(":"))
          .mapToInt(Integer::parseInt)
          .reduce(0, (before, part) -> before * 60 + part);
    }
  }

  private Runnable login(TestUser user) {
    return () -> {
      try (TestBrowser browser = new TestBrowser()) {
        browser.signIn(user);
      }
    };
  }

  private Runnable enrol(TestUser user, String number) {
    return () -> {
      try (TestBrowser browser = new TestBrowser()) {
        browser.signIn(user).enterNumber("EE", number);
      }
    };
  }

  private List<TestUser> usersWith(String number) {
    List<TestUser> users = new ArrayList<>();
    for (int i = 0; i < TWENTY; i++) {
      users.add(TestUser.withNumber(realm.admin(), number));
    }
    return users;
  }

  /** Messages to a number that were handed over for sending, as the events tell. */
  private int handedOver(String number) {
    String masked = "+372 •••• " + number.substring(9);
    return (int)
        events(null).stream()
            .filter(it -> "code_issued".equals(it.getDetails().get("smspm_event")))
            .filter(it -> masked.equals(it.getDetails().get("smspm_number")))
            .count();
  }

  private int issued(TestUser user) {
    return (int)
        events(user.id()).stream()
            .filter(it -> "code_issued".equals(it.getDetails().get("smspm_event")))
            .count();
  }

  private long alerts() {
    return events(null).stream()
        .filter(it -> "cap_nearly_used".equals(it.getDetails().get("smspm_event")))
        .count();
  }

  private List<EventRepresentation> events(String userId) {
    return realm
        .admin()
        .getEvents(List.of("CUSTOM_REQUIRED_ACTION"), null, userId, null, null, null, 0, 10_000);
  }

  private void moveTo(int second) {
    new ServerClock(admin).moveTo(second);
  }
}
