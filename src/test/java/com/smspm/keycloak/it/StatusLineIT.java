package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import com.smspm.keycloak.simulator.Behaviour.Answer;
import com.smspm.keycloak.simulator.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** The page tells by itself what becomes of its message. */
@KeycloakIntegrationTest(config = TestServer.class)
class StatusLineIT {

  private static final String LINE = "#smspm-delivery";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Two seconds between two questions, and what a busy machine takes for the answer. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** Fifty times as fast; the pauses of our script are remembered. */
  private static final String HASTE =
      "const real = window.setTimeout; window.pauses = [];"
          + "window.setTimeout = (f, ms) => {"
          + "  if (new Error().stack.includes('smspm-status')) window.pauses.push(ms);"
          + "  return real(f, ms / 50); };";

  private static final String QUESTIONS =
      "return performance.getEntriesByType('resource')"
          + ".filter(it => it.name.includes('/smspm/status/')).length";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  private final List<String> injected = new ArrayList<>();

  @AfterEach
  void goOnAsUsual() {
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    injected.forEach(BROWSER::withdraw);
  }

  @Test
  void itGoesFromSendingToDeliveredWithoutALoad() {
    TestServer.SIMULATOR.behave(new Behaviour(Answer.DOCUMENTS, 3_000));
    TestUser user = TestUser.withNumber(realm.admin());
    BROWSER.signIn(user);
    assertThat(BROWSER.text(LINE)).contains("being sent");
    assertThat(BROWSER.find(LINE).getAttribute("role")).isEqualTo("status");
    BROWSER.run("window.theSamePage = true");

    Message message = TestServer.SIMULATOR.awaitMessagesTo(user.number(), 1, PATIENCE).get(0);
    long taken = System.nanoTime();
    awaitLine("on its way");
    assertThat(since(taken)).isLessThan(SOON);

    DeliveryApi.report(message, "POST", "delivered");
    long reported = System.nanoTime();
    awaitLine("has arrived");
    assertThat(since(reported)).isLessThan(SOON);

    assertThat(BROWSER.run("return window.theSamePage")).isEqualTo(true);
    assertThat(BROWSER.run("return document.getElementById('smspm-delivery').dataset.path"))
        .isEqualTo("");
  }

  @Test
  void whereSendingFailedAnotherMessageAndOtherWaysAreOfferedAtOnce() {
    TestServer.SIMULATOR.behave(new Behaviour(Answer.LOW_BALANCE, 1_500));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    BROWSER.signIn(user);
    assertThat(BROWSER.run("return document.querySelector('[name=resend]').disabled"))
        .isEqualTo(true);

    awaitLine("could not send");
    assertThat(BROWSER.run("return document.querySelector('[name=resend]').disabled"))
        .isEqualTo(false);
    assertThat(BROWSER.text("#smspm-lead")).isEmpty();
    assertThat(BROWSER.text("#smspm-named-ways")).isEqualTo("Authenticator Application");
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);

    BROWSER.press("[name=resend]");
    awaitLine("on its way");

    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void anotherWayIsOneClickAway() {
    TestServer.SIMULATOR.behave(new Behaviour(Answer.LOW_BALANCE, 0));
    TestUser user = TestUser.withNumber(realm.admin(), TestFactors.totp());
    BROWSER.signIn(user);
    awaitLine("could not send");

    BROWSER.press("#smspm-named-ways button");

    BROWSER.find("#otp").sendKeys(TestFactors.totpCode());
    BROWSER.press("#kc-login");
    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  @Test
  void aPageAsksTwelveTimesAtMostAndThenSaysThatItMayTakeAWhile() {
    TestUser user = TestUser.withNumber(realm.admin());
    before(HASTE);
    BROWSER.signIn(user);

    awaitLine("may take a while");

    assertThat(BROWSER.run(QUESTIONS)).isEqualTo(12L);
    List<?> pauses = (List<?>) BROWSER.run("return window.pauses");
    long passed = 0;
    for (Object pause : pauses) {
      long millis = ((Number) pause).longValue();
      assertThat(millis).isLessThan(passed < 15_000 ? 2_000 : 60_000);
      passed += millis;
    }
    assertThat(pauses).hasSize(12);
  }

  @Test
  void aPageThatNobodyLooksAtDoesNotAsk() {
    TestUser user = TestUser.withNumber(realm.admin());
    before(HASTE);
    before("Object.defineProperty(document, 'hidden', { get: () => !window.seen });");
    BROWSER.signIn(user);
    user.code(1);
    assertThat(BROWSER.run(QUESTIONS)).isEqualTo(0L);

    BROWSER.run("window.seen = true; document.dispatchEvent(new Event('visibilitychange'))");

    awaitLine("on its way");
  }

  private void before(String script) {
    injected.add(BROWSER.inject(script));
  }

  private static void awaitLine(String part) {
    BROWSER.await(it -> it.has(LINE) && it.text(LINE).contains(part));
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
