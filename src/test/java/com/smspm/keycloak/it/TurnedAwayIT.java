package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import com.smspm.keycloak.simulator.Behaviour.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/**
 * Messages that no gateway is asked to send: their users are told, and they cost nothing. On a
 * server with one thread for messages and a queue for one.
 */
@KeycloakIntegrationTest(config = FailoverIT.TwoAccounts.class)
class TurnedAwayIT {

  private static final int SLOW = 5_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The code's life, in seconds. */
  private static final int EXPIRED = 300;

  private static final String FEWEST = "3";

  /** Longer than the wait after the first message, and after the second. */
  private static final int[] LATER = {0, 40, 110};

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser first = new TestBrowser();
  private final TestBrowser second = new TestBrowser();
  private final TestBrowser third = new TestBrowser();
  private int asked;

  @BeforeEach
  void fewMessagesAnHour() {
    TestFlows.configureRealm(realm.admin(), Map.of("perNumberHour", FEWEST));
    asked = TestServer.SIMULATOR.requests();
  }

  @AfterEach
  void goOnAsUsual() {
    first.close();
    second.close();
    third.close();
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    new ServerClock(admin).moveTo(0);
    TestFlows.configureRealm(realm.admin(), Map.of());
  }

  @Test
  void whoIsOneTooManyIsToldSoAndTriesAgainAtNoCost() {
    long before = lines("OVERLOADED");
    String held = aMessageThatIsHeld(Answer.DOCUMENTS);
    String queued = handOver(second, TestUser.withNumber(realm.admin()));
    TestUser user = TestUser.withNumber(realm.admin());

    String status = handOver(third, user);

    Eventually.holds(() -> DeliveryApi.state(status).equals("failed"));
    assertThat(DeliveryApi.status(status)).contains("\"resend\":true");
    assertThat(third.refresh().text()).contains("could not send").doesNotContain("possible in");
    assertThat(lines("OVERLOADED")).isEqualTo(before + 1);
    assertThat(DeliveryApi.state(held)).isEqualTo("queued");
    assertThat(DeliveryApi.state(queued)).isEqualTo("queued");
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    for (String other : new String[] {held, queued}) {
      Eventually.holds(() -> DeliveryApi.state(other).equals("accepted"), PATIENCE);
    }
    assertAllMessagesCome(third, user, 0);
  }

  @Test
  void whatWaitsInTheQueueUntilItsCodeHasExpiredIsNotSent() {
    long before = lines("TOO_LATE");
    String held = aMessageThatIsHeld(Answer.DOCUMENTS);
    TestUser user = TestUser.withNumber(realm.admin());
    String status = handOver(second, user);
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    new ServerClock(admin).moveTo(EXPIRED);

    Eventually.holds(() -> DeliveryApi.state(status).equals("failed"), PATIENCE);

    assertThat(DeliveryApi.state(held)).isEqualTo("accepted");
    assertThat(user.messages()).isZero();
    assertThat(TestServer.SIMULATOR.requests()).isEqualTo(asked + 1);
    assertThat(lines("TOO_LATE")).isEqualTo(before + 1);
    assertAllMessagesCome(second, user, EXPIRED);
  }

  @Test
  void theNextAccountIsNotAskedAfterTheCodeHasExpired() {
    long before = lines("TOO_LATE");
    int backup = FailoverIT.BACKUP.requests();
    String held = aMessageThatIsHeld(Answer.LOW_BALANCE);
    new ServerClock(admin).moveTo(EXPIRED);

    Eventually.holds(() -> DeliveryApi.state(held).equals("failed"), PATIENCE);

    assertThat(FailoverIT.BACKUP.requests()).isEqualTo(backup);
    assertThat(lines("TOO_LATE")).isEqualTo(before + 1);
  }

  /** Its gateway has it, and takes its time with the answer. */
  private String aMessageThatIsHeld(Answer answer) {
    TestServer.SIMULATOR.behave(new Behaviour(answer, SLOW));
    String status = handOver(first, TestUser.withNumber(realm.admin()));
    Eventually.holds(() -> TestServer.SIMULATOR.requests() > asked);
    return status;
  }

  private static String handOver(TestBrowser browser, TestUser user) {
    browser.signIn(user);
    return browser.deliveryPath();
  }

  /** As many as the number's budget has: what was not sent has used up nothing of it. */
  private void assertAllMessagesCome(TestBrowser browser, TestUser user, int from) {
    for (int sent = 0; sent < LATER.length; sent++) {
      new ServerClock(admin).moveTo(from + LATER[sent]);
      browser.press("resend");
      assertThat(user.awaitedMessages(sent + 1)).isEqualTo(sent + 1);
    }
    assertThat(browser.enterCode(user.code(LATER.length)).isLoggedIn()).isTrue();
  }

  private static long lines(String reason) {
    return FailoverIT.log().lines().filter(it -> it.contains("not sent, " + reason)).count();
  }
}
