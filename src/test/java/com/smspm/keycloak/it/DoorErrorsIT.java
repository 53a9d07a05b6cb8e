package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** What goes wrong at every door, with JavaScript and without, and that it leads to the end. */
@KeycloakIntegrationTest(config = TestServer.class)
class DoorErrorsIT {

  /** Longer than the wait after the first message, the second… */
  private static final int[] LATER = {40, 110};

  private static final Behaviour NO_CREDIT = new Behaviour(Behaviour.Answer.LOW_BALANCE, 0);
  private static final Behaviour FAULT = new Behaviour(Behaviour.Answer.BUSY, 0);

  private static final String SESSION = "session_code=[^&]*&";
  private static final String STATUS =
      "return performance.getEntriesByType('navigation')[0].responseStatus";
  private static final String RESEND = "button[name=resend]";

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = PagesRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  static Stream<Arguments> doors() {
    return Stream.of(true, false)
        .flatMap(scripts -> Stream.of(ErrorDoor.values()).map(it -> Arguments.of(it, scripts)));
  }

  @BeforeEach
  void theFlows() {
    configure(Map.of());
    if (realm.admin().flows().getFlows().stream()
        .noneMatch(it -> ErrorDoor.PHONE_FLOW.equals(it.getAlias()))) {
      OpenDoors.loginByPhone(realm.admin(), ErrorDoor.PHONE_FLOW);
      OpenDoors.resetBySms(
          realm.admin(), "door errors reset", Map.of("codeValidity", "" + ErrorDoor.VALID_SECONDS));
    }
  }

  @AfterEach
  void goOnAsUsual() {
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    new ServerClock(admin).moveTo(0);
    OpenDoors.bindBrowser(realm.admin(), "browser with SMS");
  }

  @ParameterizedTest(name = "{0}, scripts: {1}")
  @MethodSource("doors")
  void aWrongCodeIsSaidAndTheRightOneStillWorks(ErrorDoor door, boolean scripts) {
    String number = open(door, scripts);
    String code = TestUser.codeTo(number, 1);

    BROWSER.enterCode(TestUser.wrong(code));
    assertSound();
    assertThat(BROWSER.text("#smspm-code-error"))
        .contains("This code is not right. You have 4 attempts left.");
    BROWSER.enterCode(code);
    door.assertEnd(BROWSER);
  }

  @ParameterizedTest(name = "{0}, scripts: {1}")
  @MethodSource("doors")
  void aCodeThatCameTooLateIsReplacedByANewOne(ErrorDoor door, boolean scripts) {
    String number = open(door, scripts);
    String late = TestUser.codeTo(number, 1);
    new ServerClock(admin).moveTo(door.validSeconds() + 1);

    BROWSER.enterCode(late);
    assertSound();
    assertThat(BROWSER.text("#smspm-lead")).contains("This code has expired");
    assertThat(BROWSER.has("#code")).isFalse();

    BROWSER.press(RESEND);
    assertSound();
    BROWSER.enterCode(TestUser.codeTo(number, 2));
    door.assertEnd(BROWSER);
  }

  @ParameterizedTest(name = "{0}, scripts: {1}")
  @MethodSource("doors")
  void aBudgetThatIsUsedUpIsSaidAndTheCodeThatCameStillWorks(ErrorDoor door, boolean scripts) {
    configure(Map.of("perNumberHour", ErrorDoor.FEWEST_MESSAGES));
    String number = open(door, scripts);
    int messages = door.messagesOfFewest();
    ServerClock clock = new ServerClock(admin);
    for (int sent = 1; sent < messages; sent++) {
      TestUser.codeTo(number, sent);
      clock.moveTo(LATER[sent - 1]);
      resend();
      assertThat(BROWSER.text("#smspm-lead")).contains("We sent a new code");
    }
    String code = TestUser.codeTo(number, messages);
    clock.moveTo(messages == 1 ? LATER[0] : 235);

    resend();
    // Nearly an hour: what is waited for is the budget, not the moment between two messages
    assertThat(BROWSER.text("#smspm-code-error"))
        .containsPattern("New code possible in: 5\\d:\\d\\d");
    if (door.veiled()) {
      assertThat(BROWSER.text("#smspm-lead")).contains(door.lead());
    }

    BROWSER.enterCode(code);
    door.assertEnd(BROWSER);
    assertThat(TestServer.SIMULATOR.messagesTo(number)).hasSize(messages);
  }

  /** With scripts a fault of the gateway's own, which is tried again; without, a clear refusal. */
  @ParameterizedTest(name = "{0}, scripts: {1}")
  @MethodSource("doors")
  void aGatewayThatIsDownIsSaidToWhoIsKnownAndAskedAgainByEverybody(
      ErrorDoor door, boolean scripts) {
    int before = TestServer.SIMULATOR.requests();
    String number =
        open(door, scripts, () -> TestServer.SIMULATOR.behave(scripts ? FAULT : NO_CREDIT));
    assertThat(BROWSER.text("#smspm-lead")).contains(door.veiled() ? door.lead() : "");
    Eventually.holds(() -> TestServer.SIMULATOR.requests() > before);
    if (door.veiled()) {
      reload();
      assertThat(BROWSER.text("#smspm-delivery")).isEqualTo("The message is being sent…");
      assertThat(BROWSER.text("main")).doesNotContain("could not send");
      assertThat(BROWSER.text("#smspm-lead")).contains(door.lead());
    } else {
      BROWSER.await(it -> couldNotSend(it, scripts));
      assertThat(BROWSER.text("main"))
          .containsPattern(
              "to \\S?\\+372\\h••••\\h" + number.substring(9) + "\\S{1,2} Please try again or");
    }
    if (door == ErrorDoor.SECOND_FACTOR) {
      assertThat(BROWSER.text("#smspm-named-ways")).contains("Authenticator Application");
    }
    assertSound();
    assertThat(TestServer.SIMULATOR.messagesTo(number)).isEmpty();

    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    new ServerClock(admin).moveTo(LATER[0]);
    resend();
    BROWSER.enterCode(TestUser.codeTo(number, 1));
    door.assertEnd(BROWSER);
  }

  /** Scripts ask by themselves; without them the user does, with the page. */
  private static boolean couldNotSend(Chromium browser, boolean scripts) {
    if (!scripts) {
      reload();
    }
    return browser.text("main").contains("We could not send the message to ");
  }

  private static void reload() {
    BROWSER.go(BROWSER.find("#smspm-code-form").getAttribute("action").replaceAll(SESSION, ""));
  }

  /** The page in the browser counts by the browser's clock, which nobody moves. */
  private static void resend() {
    reload();
    BROWSER.press(RESEND);
    assertSound();
  }

  private String open(ErrorDoor door, boolean scripts) {
    return open(door, scripts, () -> {});
  }

  private String open(ErrorDoor door, boolean scripts, Runnable atLast) {
    BROWSER.scripts(scripts);
    door.bind(realm.admin());
    String number = door.open(BROWSER, realm.admin(), atLast);
    assertSound();
    assertThat(BROWSER.has("#code")).isTrue();
    return number;
  }

  /** No fault of the server, and all of the page is there to be seen. */
  private static void assertSound() {
    assertThat((Long) BROWSER.run(STATUS)).as(BROWSER.address()).isLessThan(500);
    assertThat(BROWSER.html())
        .doesNotContain("Exception", "Internal Server Error", "at org.keycloak", "at com.smspm");
    assertThat(BROWSER.text("main"))
        .doesNotContain("${", "unexpected error", "Unexpected error", "smspm");
    assertThat(BROWSER.run("return getComputedStyle(document.body).opacity")).isEqualTo("1");
  }

  private void configure(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("defaultCountry", "EE");
    all.put("perAddressHour", "10000");
    all.put("pumpingGuard", "off");
    all.put("codeValidity", "" + ErrorDoor.VALID_SECONDS);
    TestFlows.configureRealm(realm.admin(), all);
  }
}
