package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** Numbers that were proven long ago; those of the tests were on the first of January 2026. */
@KeycloakIntegrationTest(config = TestServer.class)
class ReverificationIT {

  private static final String QUESTION = "Is this still your number?";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void numbersAreGoodForSixMonths() {
    configure("6");
    user = TestUser.withNumber(realm.admin(), TestFactors.totp(), TestFactors.recoveryCodes());
  }

  @AfterEach
  void goOnAsUsual() {
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    browser.close();
  }

  @Test
  void anOldNumberIsAskedForAndStaysTheSameCredential() {
    String credential = user.phones().get(0).getId();
    signInWithTotp();
    assertThat(browser.text()).contains(QUESTION, "•••• " + user.number().substring(9));
    assertThat(browser.refresh().text()).contains(QUESTION);
    int before = user.messages();

    browser.press("confirmNumber").enterCode(user.code(before + 1));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.phones()).hasSize(1);
    assertThat(user.phones().get(0).getId()).isEqualTo(credential);
    assertThat(user.phones().get(0).getCredentialData())
        .contains("\"verifiedAt\":1767225600", "\"confirmedAt\":");
    isNotAskedAgain();
  }

  @Test
  void aNewNumberTakesItsPlace() {
    String other = TestUser.anotherNumber();
    signInWithTotp();

    browser.press("changeNumber").enterNumber("EE", other);
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
    browser.enterCode(TestUser.codeTo(other, 1));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.attribute("phoneNumber")).isEqualTo(other);
    isNotAskedAgain();
  }

  @Test
  void whoHasJustEnteredACodeIsNotAskedAndTheProofIsNoted() {
    browser.signIn(user).enterCode(user.code(1));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.phones().get(0).getCredentialData()).contains("\"confirmedAt\":");
    isNotAskedAgain();
  }

  @Test
  void aYoungNumberIsNotAskedForAndNobodyIsByDefault() {
    configure("60");
    signInWithTotp();
    assertThat(browser.isLoggedIn()).isTrue();

    configure("0");
    isNotAskedAgain();
    assertThat(user.phones().get(0).getCredentialData()).doesNotContain("confirmedAt");
  }

  @Test
  void itCannotBePutOffUnlessNoMessageCanBeSent() {
    signInWithTotp();
    assertThat(browser.has("later")).isFalse();
    browser.post(Map.of("later", "true"));
    assertThat(browser.isLoggedIn()).isFalse();

    TestFlows.configureRealm(
        realm.admin(), Map.of("reverifyMonths", "6", "deniedPrefixes", user.number()));
    browser.press("confirmNumber");
    assertThat(browser.text()).contains("cannot send a code", QUESTION);

    assertThat(browser.press("later").isLoggedIn()).isTrue();
    assertThat(user.phones().get(0).getCredentialData()).doesNotContain("confirmedAt");
  }

  @Test
  void whereThereIsNoPageNobodyIsAskedAndNobodyIsRefused() throws Exception {
    TestUser simple = TestUser.withNumber(realm.admin());
    TestAccount.allowPasswordGrant(realm.admin());
    assertThat(TestFlows.directGrant(simple)).contains("access_token");

    configure("0");
    browser.signIn(simple).enterCode(simple.code(1));
    configure("6");
    assertThat(browser.open("prompt", "none").isLoggedIn()).isTrue();
    assertThat(browser.open().text()).contains(QUESTION);
  }

  /** The cookie alone, or a password on a trusted device, is not enough to change a number. */
  @Test
  void whereNoNumberCanBeEnteredNoPageSpeaksOfOne() {
    TestUser simple = withSessionOnly();

    browser.open();
    assertThat(browser.text()).contains(QUESTION, "We can send a code to").doesNotContain("new n");
    assertThat(browser.has("changeNumber")).isFalse();
    browser.press("confirmNumber");
    assertThat(browser.has("changeNumber")).isFalse();
    browser.post(Map.of("changeNumber", "true"));
    assertThat(browser.has("phoneNumber")).isFalse();

    assertThat(browser.press("confirmNumber").enterCode(simple.code(2)).isLoggedIn()).isTrue();
  }

  @Test
  void whereNoNumberCanBeEnteredItCanBePutOffWhenTheMessageFailed() {
    withSessionOnly();
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.INVALID_PHONE, 0));
    browser.open().press("confirmNumber");
    Eventually.holds(() -> browser.refresh().has("changeNumber"));

    browser.press("changeNumber");

    assertThat(browser.text()).contains(QUESTION);
    assertThat(browser.press("later").isLoggedIn()).isTrue();
  }

  private TestUser withSessionOnly() {
    configure("0");
    TestUser simple = TestUser.withNumber(realm.admin());
    browser.signIn(simple).enterCode(simple.code(1));
    configure("6");
    return simple;
  }

  @Test
  void aWrongCodeConfirmsNothing() {
    signInWithTotp();
    int before = user.messages();
    browser.press("confirmNumber");

    browser.enterCode(TestUser.wrong(user.code(before + 1)));

    assertThat(browser.text()).contains("not right");
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(user.phones().get(0).getCredentialData()).doesNotContain("confirmedAt");
  }

  /** The step before has sent a code, which nobody enters. */
  private void signInWithTotp() {
    browser.signIn(user).tryAnotherWay().choose("Authenticator Application");
    browser.enter(Map.of("otp", TestFactors.totpCode()), "login");
  }

  private void isNotAskedAgain() {
    try (TestBrowser next = new TestBrowser()) {
      next.signIn(user).tryAnotherWay().choose("Recovery Authentication Code");
      next.enter(Map.of("recoveryCodeInput", TestFactors.RECOVERY_CODE), "login");
      assertThat(next.isLoggedIn()).isTrue();
    }
  }

  private void configure(String months) {
    TestFlows.configureRealm(realm.admin(), Map.of("reverifyMonths", months));
  }
}
