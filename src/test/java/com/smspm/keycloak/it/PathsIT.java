package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;
import org.openqa.selenium.Keys;

/** Every path of every page, walked with the keyboard alone: with JavaScript, and without. */
@KeycloakIntegrationTest(config = TestServer.class)
class PathsIT {

  private static final String SUBMIT = "#smspm-code-form .smspm-actions button:first-child";
  private static final String RESEND = "button[name=resend]";

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = PagesRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void aWrongCodeAndTheRightOne(boolean scripts) {
    PageState.Visit visit = visit(scripts);
    TestUser user = visit.signIn(visit.user());

    focusIsOn("#code");
    BROWSER.enterCode(TestUser.wrong(user.code(1)));
    focusIsOn("#code");
    assertThat(BROWSER.text("#smspm-code-error")).contains("4 attempts");
    // The first code of a page is sent by itself, so the button is for one that is corrected
    BROWSER.find("#code").sendKeys(user.code(1).substring(0, 5));
    BROWSER.leave(() -> BROWSER.tabTo(SUBMIT).sendKeys(Keys.SPACE));
    BROWSER.enterCode(user.code(1));

    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void anotherCode(boolean scripts) {
    PageState.Visit visit = visit(scripts);
    TestUser user = visit.signIn(visit.user());
    user.code(1);
    if (!scripts) {
      BROWSER.leave(() -> BROWSER.tabTo(RESEND).sendKeys(Keys.SPACE));
      assertThat(BROWSER.text("#smspm-code-error")).contains("Please wait");
    }

    visit.later(
        31,
        () -> {
          BROWSER.driver().get(BROWSER.driver().getCurrentUrl());
          BROWSER.leave(() -> BROWSER.tabTo(RESEND).sendKeys(Keys.SPACE));
        });

    focusIsOn("#code");
    assertThat(BROWSER.text("#smspm-lead")).contains("We sent a new code to");
    BROWSER.enterCode(user.code(2));
    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void aCodeThatCameTooLate(boolean scripts) {
    PageState.Visit visit = visit(scripts);
    TestUser user = visit.signIn(visit.user());
    String code = user.code(1);

    visit.later(
        301,
        () -> {
          BROWSER.enterCode(code);
          assertThat(BROWSER.text("#smspm-lead")).contains("has expired", "We can send a code");
          focusIsOn(RESEND);
          BROWSER.leave(() -> BROWSER.tabTo(RESEND).sendKeys(Keys.ENTER));
          focusIsOn("#code");
          BROWSER.enterCode(user.code(2));
        });

    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void tooManyWrongCodes(boolean scripts) {
    PageState.CODE_EXHAUSTED.open(visit(scripts));

    focusIsOn("a[href*=restart]");
    BROWSER.leave(() -> BROWSER.tabTo("a[href*=restart]").sendKeys(Keys.ENTER));

    assertThat(BROWSER.has("#username")).isTrue();
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void anotherWay(boolean scripts) {
    PageState.CODE_OTHER_WAYS.open(visit(scripts));

    assertThat(BROWSER.text("#smspm-other-ways")).contains("another way");
    assertThat(BROWSER.find("#try-another-way").isDisplayed()).as("Keycloak's own").isFalse();
    BROWSER.leave(() -> BROWSER.tabTo("#smspm-other-ways-form button").sendKeys(Keys.ENTER));

    assertThat(BROWSER.text("main")).contains("Authenticator Application");
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void aNumberIsSetUpAfterAMistake(boolean scripts) {
    PageState.Visit visit = visit(scripts);
    TestUser user = PageState.NUMBER.open(visit);
    focusIsOn("#phoneNumber");
    visit.enterNumber("123");
    assertThat(BROWSER.text("#smspm-number-error")).contains("too short");
    focusIsOn("#phoneNumber");

    BROWSER.find("#phoneNumber").sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
    BROWSER.find("#country").sendKeys("Latvia");
    BROWSER.tabTo("#phoneNumber").clear();
    visit.enterNumber(" 21 " + TestUser.anotherNumber().substring(6));
    assertThat(BROWSER.text("#smspm-lead")).contains("+371");
    BROWSER.leave(() -> BROWSER.tabTo("button[name=changeNumber]").sendKeys(Keys.ENTER));
    visit.enterNumber(user.number());
    BROWSER.enterCode(user.code(1));

    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void aChangeIsGivenUpOnEitherPage(boolean scripts) {
    PageState.Visit visit = visit(scripts);
    for (PageState state : new PageState[] {PageState.CHANGE, PageState.CHANGE_CODE}) {
      state.open(visit);
      BROWSER.leave(() -> BROWSER.tabTo("button[name=cancel-aia]").sendKeys(Keys.ENTER));

      assertThat(BROWSER.address()).contains("kc_action_status=cancelled");
      BROWSER.forget();
    }
  }

  @ParameterizedTest(name = "scripts: {0}")
  @ValueSource(booleans = {true, false})
  void aNumberIsChangedAndOtherSessionsEnd(boolean scripts) {
    PageState.Visit visit = visit(scripts);
    PageState.CHANGE.open(visit);
    String number = TestUser.anotherNumber();
    visit.enterNumber(number);

    BROWSER.tabTo("#logout-sessions").sendKeys(Keys.SPACE);
    assertThat(BROWSER.find("#logout-sessions").isSelected()).isTrue();
    BROWSER.find("#code").click();
    BROWSER.enterCode(TestUser.codeTo(number, 1));

    assertThat(BROWSER.address()).contains("kc_action_status=success");
  }

  private PageState.Visit visit(boolean scripts) {
    BROWSER.scripts(scripts);
    return new PageState.Visit(BROWSER, realm.admin(), admin, "en");
  }

  /** A browser sets it with its next picture. */
  private static void focusIsOn(String selector) {
    BROWSER.await(
        it -> (boolean) it.run("return document.activeElement.matches(arguments[0])", selector));
  }
}
