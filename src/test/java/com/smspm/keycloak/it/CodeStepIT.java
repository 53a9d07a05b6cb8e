package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

@KeycloakIntegrationTest(config = TestServer.class)
class CodeStepIT {

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserWithANumber() {
    user = TestUser.withNumber(realm.admin());
  }

  @AfterEach
  void goOnAsUsual() {
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    browser.close();
  }

  @Test
  void aCodeLogsIn() {
    browser.signIn(user);
    assertThat(browser.text()).contains("+372").contains(user.number().substring(9));
    assertThat(browser.html()).doesNotContain(user.number().substring(1));

    browser.enterCode(user.code(1));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(events("LOGIN")).anyMatch(it -> isOurs(it));
  }

  @Test
  void oneLoginSendsOneMessageAndRefreshesSendNone() {
    browser.signIn(user);
    String code = user.code(1);

    for (int i = 0; i < 10; i++) {
      browser.refresh();
    }
    browser.switchTo("de");

    assertThat(browser.text()).contains("Ziffern");
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    assertThat(user.messages()).isEqualTo(1);
  }

  /** With one character that is not, the server needs twice the memory for the page. */
  @Test
  void whereThereIsOneLanguageOfLatinLettersThePageIsOfLatinCharacters() {
    realm.updateWithCleanup(it -> it.internationalizationEnabled(false));
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user);
    assertThat(browser.html().chars().filter(it -> it > 0xFF).boxed()).isEmpty();
    assertThat(browser.text()).contains("••••").contains("The message is being sent…");
  }

  @Test
  void theMessageIsInTheLanguageOfThePage() {
    browser.open("ui_locales", "de");
    browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    String code = user.code(1);

    assertThat(TestServer.SIMULATOR.messagesTo(user.number()).get(0).text())
        .startsWith(code + " ist Ihr Code")
        .endsWith("\n@localhost #" + code);
  }

  @Test
  void aWrongCodeIsRefusedAndTheRightOneStillAccepted() {
    browser.signIn(user);
    String code = user.code(1);

    browser.enterCode(TestUser.wrong(code));

    assertThat(browser.text()).contains("not right").contains("4 attempts");
    assertThat(events("LOGIN_ERROR"))
        .anyMatch(it -> isOurs(it) && "invalid_user_credentials".equals(it.getError()));
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
  }

  @Test
  void afterFiveWrongCodesNotEvenTheRightOneHelps() {
    browser.signIn(user);
    String code = user.code(1);
    String action = browser.formAction();

    for (int i = 0; i < 5; i++) {
      browser.enterCode(TestUser.wrong(code));
    }

    assertThat(browser.text()).contains("too many wrong codes");
    assertThat(browser.has("code")).isFalse();
    assertThat(browser.has("resend")).isFalse();
    assertThat(browser.loginsByPostsAtOnce(action, code, 1)).isZero();
  }

  @Test
  void aResendNeverBringsNewAttempts() {
    browser.signIn(user);
    String first = user.code(1);
    for (int i = 0; i < 4; i++) {
      browser.enterCode(TestUser.wrong(first));
    }
    time.set(31);
    browser.press("resend");
    String second = user.code(2);

    browser.enterCode(TestUser.wrong(second));

    assertThat(browser.text()).contains("too many wrong codes");
  }

  @Test
  void manyPostsOfTheRightCodeAtOnceGiveOneLogin() {
    browser.signIn(user);
    String code = user.code(1);

    assertThat(browser.loginsByPostsAtOnce(browser.formAction(), code, 100)).isEqualTo(1);
  }

  @Test
  void aCodeIsWorthlessInAnotherSession() {
    browser.signIn(user);
    String code = user.code(1);
    TestUser other = TestUser.withNumber(realm.admin());
    try (TestBrowser second = new TestBrowser();
        TestBrowser third = new TestBrowser()) {
      second.signIn(other);
      other.code(1);
      assertThat(second.enterCode(code).isLoggedIn()).isFalse();

      // The same user elsewhere: it is too early for another message, and this code is not its code
      third.signIn(user);
      assertThat(third.has("code")).isFalse();
      assertThat(third.text()).contains("short while ago");
    }
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
  }

  @Test
  void aCodeIsDeadAtItsExpiry() {
    browser.signIn(user);
    String code = user.code(1);

    time.set(300);
    browser.enterCode(code);

    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains("expired");
  }

  @Test
  void theCodeBeforeAResendStaysGood() {
    browser.signIn(user);
    String first = user.code(1);
    time.set(31);
    browser.press("resend");
    user.code(2);

    assertThat(browser.enterCode(first).isLoggedIn()).isTrue();
  }

  @Test
  void theResendsCodeIsGoodAndItsLifeIsNoLonger() {
    browser.signIn(user);
    user.code(1);
    time.set(200);
    browser.press("resend");
    String second = user.code(2);
    time.set(300);

    browser.enterCode(second);

    assertThat(browser.text()).contains("expired");
  }

  @Test
  void aResendTooEarlySendsNothingAndSaysWhen() {
    browser.signIn(user);
    String code = user.code(1);

    browser.press("resend");

    assertThat(browser.text()).contains("Please wait");
    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    assertThat(user.messages()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s %s", "%s-%s", " %s%s ", "full-width", "arabic"})
  void codesMayBeTypedAsPeopleType(String form) {
    browser.signIn(user);
    String code = user.code(1);

    browser.enterCode(spelled(form, code));

    assertThat(browser.isLoggedIn()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abcdef", "12345", "1234567", "12 34 5x"})
  void whatIsNoCodeIsNoAttempt(String typed) {
    browser.signIn(user);
    String code = user.code(1);

    for (int i = 0; i < 6; i++) {
      browser.enterCode(typed);
      assertThat(browser.text()).containsAnyOf("Please enter the code", "has 6 digits");
    }

    assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
  }

  @Test
  void thePageDoesNotWaitForTheGateway() {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.DOCUMENTS, 3_000));

    browser.signIn(user);

    assertThat(browser.has("code")).isTrue();
    assertThat(user.messages()).isZero();
    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "BUSY,could not send",
    "REFUSED_IN_200,could not send",
    "LOW_BALANCE,could not send",
    "SERVER_ERROR,may take a while",
    "HTML,may take a while",
    "NOTHING,may take a while"
  })
  void aFailingGatewayLogsNobodyInAndIsSaid(String answer, String said) {
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.valueOf(answer), 0));
    browser.signIn(user);

    Eventually.holds(() -> browser.refresh().text().contains(said));

    assertThat(browser.isLoggedIn()).isFalse();
  }

  @Test
  void aUserWithoutANumberIsLedToSetOneUp() {
    TestUser without = TestUser.withoutNumber(realm.admin());

    browser.signIn(without);

    assertThat(browser.has("phoneNumber")).isTrue();
    assertThat(browser.isLoggedIn()).isFalse();
  }

  @Test
  void aSettingThatCannotBeStopsTheStepWithAPlainPage() {
    TestFlows.configureStep(realm.admin(), "codeLength", "4");
    try {
      browser.signIn(user);

      assertThat(browser.text()).contains("not available at the moment");
      assertThat(browser.isLoggedIn()).isFalse();
      assertThat(user.messages()).isZero();
    } finally {
      TestFlows.configureStep(realm.admin(), "codeLength", "6");
    }
  }

  @Test
  void aFlowWithoutPagesRefusesAndSendsNothing() throws Exception {
    TestFlows.requireCodeInDirectGrant(realm.admin());

    String answer = TestFlows.directGrant(user);

    assertThat(answer).contains("invalid_grant").contains("needs a page");
    assertThat(user.messages()).isZero();
  }

  /** A password alone must not be enough there for who has a second factor. */
  @Test
  void theReadyMadeDirectGrantRefusesWhoHasANumberAlone() throws Exception {
    TestFlows.allowPasswordGrant(realm.admin());
    TestUser both = TestUser.withNumber(realm.admin(), TestFactors.totp());

    assertThat(TestFlows.directGrant(user)).contains("invalid_grant").doesNotContain("token\"");
    assertThat(TestFlows.directGrant(both)).contains("invalid_grant").doesNotContain("token\"");
    assertThat(TestFlows.directGrant(both, "&totp=" + TestFactors.totpCode()))
        .contains("access_token");
    assertThat(TestFlows.directGrant(TestUser.withoutNumber(realm.admin())))
        .contains("access_token");
    assertThat(user.messages() + both.messages()).isZero();
  }

  private static String spelled(String form, String code) {
    return switch (form) {
      case "full-width" -> digitsFrom(code, '０');
      case "arabic" -> digitsFrom(code, '٠');
      default -> String.format(Locale.ROOT, form, code.substring(0, 3), code.substring(3));
    };
  }

  private static String digitsFrom(String code, char zero) {
    StringBuilder digits = new StringBuilder();
    code.chars().forEach(digit -> digits.append((char) (zero + digit - '0')));
    return digits.toString();
  }

  private List<EventRepresentation> events(String type) {
    return realm.admin().getEvents(List.of(type), null, user.id(), null, null, null, null, null);
  }

  private static boolean isOurs(EventRepresentation event) {
    return "smspm-phone".equals(event.getDetails().get("credential_type"));
  }
}
