package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** When a page asks what became of its message, and what it makes of having no answer. */
@KeycloakIntegrationTest(config = TestServer.class)
class StatusQuestionsIT {

  /** What a busy machine's timers are late by at most; the schedule itself is tested exactly. */
  private static final Duration LATENESS = Duration.ofSeconds(1);

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  private static final StatusScript PAGE = new StatusScript(BROWSER);

  @AfterEach
  void goOnAsUsual() {
    PAGE.goOnAsUsual();
  }

  @Test
  void aPageAsksTwelveTimesAtMostAndThenSaysThatItMayTakeAWhile() {
    TestUser user = TestUser.withNumber(realm.admin());
    PAGE.before(StatusScript.HASTE);
    BROWSER.signIn(user);

    PAGE.await("may take a while");

    BROWSER.await(it -> PAGE.questions().size() == 12);
    List<Double> pauses = PAGE.pauses();
    assertThat(pauses).hasSize(12).isSorted().doesNotHaveDuplicates();
    assertThat(pauses).allMatch(it -> it < 60_000);
    // Of two seconds four tenths are left for the way to the server and back
    List<Double> first = pauses.stream().filter(it -> it <= 1_600).toList();
    assertThat(first).hasSize(10);
    assertThat(first.stream().mapToDouble(it -> it).sum()).isBetween(15_000.0, 17_000.0);
  }

  /** By the browser's own clock, and whatever an answer takes. */
  @Test
  void inTheFirstFifteenSecondsTwoNeverPassWithoutAQuestion() {
    BROWSER.signIn(TestUser.withNumber(realm.admin()));

    BROWSER.late(
        Duration.ofSeconds(2),
        () -> {
          BROWSER.await(it -> PAGE.questions().size() >= 4);
          BROWSER.await(it -> PAGE.questions().size() >= 10);
        });

    double before = PAGE.navigation("domContentLoadedEventStart");
    for (double start : PAGE.questions()) {
      assertThat(start - before).as("%s", PAGE.questions()).isLessThan(2_000 + LATENESS.toMillis());
      before = start;
    }
    assertThat(before - PAGE.navigation("responseEnd")).isGreaterThan(15_000);
  }

  @Test
  void aPageThatNobodyLooksAtDoesNotAsk() {
    TestUser user = TestUser.withNumber(realm.admin());
    PAGE.before(StatusScript.HASTE);
    PAGE.before(StatusScript.HIDDEN);
    BROWSER.signIn(user);
    user.code(1);
    assertThat(PAGE.questions()).isEmpty();

    BROWSER.run("window.clock = 60_000");
    PAGE.comeBack();

    PAGE.await("on its way");
    assertThat(PAGE.pauses().get(0)).as("milliseconds until the first question").isNotPositive();
  }

  @Test
  void whoeverComesBackToThePageIsNotKeptWaiting() {
    TestUser user = TestUser.withNumber(realm.admin());
    PAGE.before(StatusScript.HASTE);
    PAGE.before("window.patience = 9_000; window.seen = true;" + StatusScript.HIDDEN);
    BROWSER.signIn(user);
    BROWSER.await(it -> PAGE.questions().size() == 10);
    assertThat(PAGE.pauses()).hasSize(11).endsWith(15_000.0);

    // Left again before that question came
    BROWSER.run("window.patience = 0");
    PAGE.comeBack();
    assertThat(PAGE.pauses()).endsWith(15_000.0, 2_000.0);
    BROWSER.run("window.patience = 9_000; window.clock += 1_500");
    comeBackAndAsk(11);
    assertThat(PAGE.pauses()).endsWith(500.0, 45_000.0);
    BROWSER.run("window.clock += 2_500");
    comeBackAndAsk(12);
    assertThat(PAGE.pauses()).endsWith(-500.0);

    // And that was the last one
    PAGE.await("may take a while");
    PAGE.comeBack();
    assertThat(PAGE.pauses()).hasSize(15);
    assertThat(PAGE.questions()).hasSize(12);
  }

  @Test
  void anAnswerThatHangsDoesNotEndTheAsking() {
    try (TroubledProxy proxy = new TroubledProxy(TroubledProxy.HANGS, 200)) {
      PAGE.before(proxy.script());
      BROWSER.signIn(TestUser.withNumber(realm.admin()));

      PAGE.await("has arrived");
    }
  }

  @Test
  void whereEveryAnswerHangsItMayTakeAWhile() {
    try (TroubledProxy proxy = new TroubledProxy(TroubledProxy.HANGS)) {
      PAGE.before(StatusScript.HASTE + proxy.script());
      BROWSER.signIn(TestUser.withNumber(realm.admin()));

      PAGE.await("may take a while");

      assertThat(proxy.questions()).isBetween(1, 12);
      assertThat(PAGE.path()).isEqualTo("");
    }
  }

  @Test
  void anAnswerThatWasOvertakenIsNotNews() throws IOException {
    try (TroubledProxy proxy = new TroubledProxy(TroubledProxy.HANGS, 200)) {
      PAGE.before(StatusScript.HASTE + proxy.script());
      BROWSER.signIn(TestUser.withNumber(realm.admin()));
      PAGE.await("has arrived");

      proxy.answerLate();

      BROWSER.await(it -> PAGE.questions().size() == proxy.questions());
      assertThat(PAGE.line()).contains("has arrived");
    }
  }

  @Test
  void aProxyWithoutServersBehindItCostsAQuestionEach() {
    try (TroubledProxy proxy = new TroubledProxy(502, 503, 429, 500, 200)) {
      PAGE.before(StatusScript.HASTE + proxy.script());
      BROWSER.signIn(TestUser.withNumber(realm.admin()));

      PAGE.await("has arrived");

      assertThat(proxy.questions()).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void aPageWhoseAddressIsGoodNoMoreStopsAsking() {
    PAGE.before(StatusScript.HASTE + "window.patience = 1_500;");
    PAGE.before("const ask = window.fetch; window.fetch = (path, how) => ask(path + '-', how);");
    BROWSER.signIn(TestUser.withNumber(realm.admin()));

    PAGE.await("may take a while");

    assertThat(PAGE.path()).isEqualTo("");
    int planned = PAGE.pauses().size();
    PAGE.comeBack();
    assertThat(PAGE.pauses()).hasSize(planned);
    BROWSER.await(it -> PAGE.questions().size() == 1);
  }

  private static void comeBackAndAsk(int question) {
    PAGE.comeBack();
    BROWSER.await(it -> PAGE.questions().size() == question);
  }
}
