package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import com.smspm.keycloak.simulator.Behaviour.Answer;
import com.smspm.keycloak.simulator.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** What becomes of a message, on its page and after reports. */
@KeycloakIntegrationTest(config = TestServer.class)
class DeliveryIT {

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @InjectAdminClient Keycloak admin;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserWithANumber() {
    user = TestUser.withNumber(realm.admin());
  }

  @AfterEach
  void goOnAsUsual() {
    moveTo(0);
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    browser.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,delivered,delivered",
    "POST,delivered,delivered",
    "GET,failed,failed",
    "POST,undelivered,failed",
    "POST,rejected,failed",
    "POST,expired,failed",
    "GET,submitted,sent",
    "GET,sent,sent",
    "GET,queued,accepted",
    "POST,pending,accepted",
    "POST,DELIVERED,delivered",
    "GET,read,accepted"
  })
  void bothVocabulariesAreUnderstood(String method, String status, String state) {
    Message message = DeliveryApi.sent(browser, user);

    DeliveryApi.report(message, method, status).isPlainOk();

    assertThat(state()).isEqualTo(state);
  }

  @Test
  void thePageSaysItWithoutJavaScriptOnItsNextLoad() {
    Message message = DeliveryApi.sent(browser, user);
    Eventually.holds(() -> browser.refresh().text().contains("on its way"));

    DeliveryApi.report(message, "GET", "delivered");

    assertThat(browser.refresh().text()).contains("has arrived on your phone");
    assertThat(browser.has("code")).isTrue();
  }

  @Test
  void repeatedLateAndContradictoryReportsMoveNothingBackwards() {
    Message message = DeliveryApi.sent(browser, user);
    List<String> states = new ArrayList<>();
    for (String status :
        List.of("sent", "queued", "sent", "delivered", "failed", "sent", "rejected", "pending")) {
      DeliveryApi.report(message, "POST", status).isPlainOk();
      states.add(state());
    }

    assertThat(states)
        .containsExactly(
            "sent",
            "sent",
            "sent",
            "delivered",
            "delivered",
            "delivered",
            "delivered",
            "delivered");
  }

  @Test
  void contradictoryReportsAtOnceEndInOneOfThem() {
    Message message = DeliveryApi.sent(browser, user);

    AtOnce.run(
        20,
        i ->
            () ->
                DeliveryApi.report(message, "GET", i % 2 == 0 ? "delivered" : "failed")
                    .isPlainOk());

    String end = state();
    assertThat(end).isIn("delivered", "failed");
    DeliveryApi.report(message, "GET", end.equals("failed") ? "delivered" : "failed");
    assertThat(state()).isEqualTo(end);
  }

  @Test
  void aReportLogsNobodyInAndNeitherLengthensNorShortensACode() {
    Message message = DeliveryApi.sent(browser, user);
    for (String status : List.of("delivered", "expired", "failed", "sent")) {
      DeliveryApi.report(message, "GET", status);
    }
    assertThat(browser.refresh().isLoggedIn()).isFalse();

    moveTo(280);
    assertThat(browser.refresh().has("code")).isTrue();
    moveTo(300);
    browser.enterCode(message.code());
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("expired");
  }

  @Test
  void aReportFreesNeitherBudgetNorWait() {
    Message message = DeliveryApi.sent(browser, user);

    DeliveryApi.report(message, "GET", "failed");

    assertThat(browser.refresh().text()).contains("could not send");
    browser.press("resend");
    assertThat(browser.text()).contains("Please wait");
    assertThat(user.messages()).isEqualTo(1);
    assertThat(browser.enterCode(message.code()).isLoggedIn()).isTrue();
  }

  @Test
  void whatWasSurelyNotSentCanBeAskedForAgainAtOnce() {
    TestServer.SIMULATOR.behave(new Behaviour(Answer.LOW_BALANCE, 0));
    browser.signIn(user);
    String status = browser.deliveryPath();
    Eventually.holds(() -> DeliveryApi.status(status).contains("\"state\":\"failed\""));
    assertThat(DeliveryApi.status(status)).contains("\"resend\":true", "\"complete\":true");
    assertThat(browser.refresh().text()).contains("could not send").doesNotContain("possible in");
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);

    browser.press("resend");

    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
  }

  @Test
  void theCodeOnThePhoneStaysGoodHoweverManyResendsAreNotSent() {
    DeliveryApi.sent(browser, user);
    String onThePhone = user.code(1);
    TestServer.SIMULATOR.behave(new Behaviour(Answer.LOW_BALANCE, 0));
    moveTo(31);
    for (int i = 0; i < 2; i++) {
      browser.press("resend");
      Eventually.holds(() -> state().equals("failed"));
      browser.refresh();
    }

    browser.enterCode(onThePhone);

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void ofTwoCodesOnThePhoneTheOneBeforeAResendStaysGoodToo() {
    DeliveryApi.sent(browser, user);
    String first = user.code(1);
    TestServer.SIMULATOR.behave(new Behaviour(Answer.LOW_BALANCE, 0));
    moveTo(31);
    browser.press("resend");
    Eventually.holds(() -> state().equals("failed"));
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);

    browser.refresh().press("resend");

    assertThat(user.awaitedMessages(2)).isEqualTo(2);
    assertThat(browser.enterCode(first).isLoggedIn()).isTrue();
  }

  @Test
  void nothingIsSentAfterTheCodeHasExpired() {
    int before = TestServer.SIMULATOR.requests();
    TestServer.SIMULATOR.behave(new Behaviour(Answer.TOO_MANY_FOR_A_SECOND, 3_000));
    browser.signIn(user);
    String status = browser.deliveryPath();
    Eventually.holds(() -> TestServer.SIMULATOR.requests() > before);
    // It wants to be asked again in a second, and would take the message then; but the code's life
    // ends before its answer
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    moveTo(300);

    Eventually.holds(() -> DeliveryApi.status(status).contains("\"state\":\"failed\""));

    assertThat(user.messages()).isZero();
    assertThat(TestServer.SIMULATOR.requests()).isEqualTo(before + 1);
  }

  private void moveTo(int second) {
    new ServerClock(admin).moveTo(second);
  }

  private String state() {
    return DeliveryApi.state(browser.deliveryPath());
  }
}
