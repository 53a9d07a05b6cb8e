package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.openqa.selenium.Keys;

/** What the code page's script does: filling in, sending, counting down. */
@KeycloakIntegrationTest(config = TestServer.class)
class CodeFieldIT {

  /** A browser with WebOTP, as Chrome on Android: the test delivers the message. */
  private static final String WEB_OTP =
      """
      window.OTPCredential = class {};
      navigator.credentials.get = (options) =>
        new Promise((resolve, reject) => {
          window.asked = JSON.stringify(options.otp);
          window.deliver = (code) => resolve({ code, type: "otp" });
          window.refuse = () => reject(new DOMException("no message", "InvalidStateError"));
          options.signal.addEventListener("abort", () => {
            sessionStorage.setItem("aborted", "yes");
            reject(new DOMException("aborted", "AbortError"));
          });
        });
      """;

  private static final String PASTE =
      """
      const clipboard = new DataTransfer();
      clipboard.setData("text", arguments[0]);
      const event = new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true });
      document.getElementById("code").dispatchEvent(event);
      """;

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = PagesRealm.class)
  ManagedRealm realm;

  private TestUser user;

  @BeforeEach
  void aUserWithANumber() {
    PagesRealm.show(realm.admin(), "keycloak.v2");
    user = TestUser.withNumber(realm.admin());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "%s %s",
        "%s-%s",
        " %s%s\n",
        "%s%s is your code for Shop. Valid for 5 minutes.\n\n@localhost #%1$s%2$s"
      })
  void whateverIsPastedIsReadAndSent(String pattern) {
    BROWSER.signIn(user);
    String code = user.code(1);
    String text =
        pattern.equals("%s")
            ? code
            : String.format(pattern, code.substring(0, 3), code.substring(3));

    BROWSER.leave(() -> BROWSER.run(PASTE, text));

    assertThat(BROWSER.isLoggedIn()).isTrue();
    assertThat(BROWSER.problems()).isEmpty();
  }

  @Test
  void aBrowserThatReceivesTheMessageFillsItInAndSendsIt() {
    withWebOtp(
        () -> {
          assertThat(BROWSER.run("return window.asked")).isEqualTo("{\"transport\":[\"sms\"]}");

          BROWSER.leave(() -> BROWSER.run("window.deliver(arguments[0])", user.code(1)));

          assertThat(BROWSER.isLoggedIn()).isTrue();
        });
  }

  @Test
  void typingEndsTheWaitForTheMessageWithoutAWord() {
    withWebOtp(
        () -> {
          BROWSER.enterCode(TestUser.wrong(user.code(1)));

          assertThat(BROWSER.run("return sessionStorage.getItem('aborted')")).isEqualTo("yes");
          assertThat(BROWSER.text("#smspm-code-error")).contains("4 attempts");
          assertThat(BROWSER.problems()).isEmpty();
        });
  }

  @Test
  void aMessageThatDoesNotComeLeavesTheFieldForTyping() {
    withWebOtp(
        () -> {
          BROWSER.run("window.refuse()");

          BROWSER.enterCode(user.code(1));

          assertThat(BROWSER.isLoggedIn()).isTrue();
          assertThat(BROWSER.problems()).isEmpty();
        });
  }

  @Test
  void aBrowserWithoutWebOtpIsAskedForNothing() {
    BROWSER.signIn(user);

    assertThat(BROWSER.run("return 'OTPCredential' in window && !window.isSecureContext"))
        .isEqualTo(false);
    BROWSER.enterCode(user.code(1));
    assertThat(BROWSER.isLoggedIn()).isTrue();
  }

  @Test
  void onlyTheFirstCodeOfAPageIsSentByItself() {
    BROWSER.signIn(user);
    BROWSER.run(
        "document.getElementById('smspm-code-form').addEventListener('submit',"
            + " (event) => event.preventDefault() || (window.sends = (window.sends ?? 0) + 1))");

    BROWSER.find("#code").sendKeys("123456");
    BROWSER.find("#code").sendKeys(Keys.BACK_SPACE, "7");

    assertThat(BROWSER.run("return window.sends")).isEqualTo(1L);
  }

  @Test
  void aThemeHasTheButtonPressedAndKeepsItsOwnPage() {
    PagesRealm.show(realm.admin(), "smspm-override");
    BROWSER.signIn(user);
    assertThat(BROWSER.text(".our-own-words")).contains("Look at the phone");

    BROWSER.find("#code").sendKeys(user.code(1));
    assertThat(BROWSER.has("#code")).isTrue();
    BROWSER.press("#smspm-code-form .smspm-actions button");

    assertThat(BROWSER.isLoggedIn()).isTrue();
    assertThat(BROWSER.problems()).isEmpty();
  }

  @Test
  void aPressedButtonSaysSoAndCannotBePressedAgain() {
    BROWSER.signIn(user);
    user.code(1);
    String button = "#smspm-code-form .smspm-actions button";
    BROWSER.run("document.getElementById('smspm-code-form').action = 'javascript:void 0'");

    BROWSER.find("#code").sendKeys("12", Keys.ENTER);

    BROWSER.await(it -> it.text(button).equals("One moment…"));
    assertThat(BROWSER.find(button).isEnabled()).isFalse();
    assertThat(BROWSER.find(button).getAttribute("aria-busy")).isEqualTo("true");
    assertThat(BROWSER.text("#smspm-status")).isEqualTo("One moment…");
  }

  @Test
  void theCountdownsEndInPlaceAndAreSpokenAtTheEnd() {
    String shifts = BROWSER.inject(Layout.WATCH_SHIFTS);
    try {
      BROWSER.signIn(user);
      BROWSER.size(Chromium.SMALLEST);
      assertThat(BROWSER.find("button[name=resend]").isEnabled()).isFalse();
      BROWSER.run(
          "window.shifts.length = 0; const now = Date.now; Date.now = () => now() + 400_000");

      BROWSER.await(it -> it.text("#smspm-valid").contains("has expired"));
      BROWSER.await(it -> it.text("#smspm-wait").contains("You can ask for a new code now."));

      assertThat(BROWSER.find("button[name=resend]").isEnabled()).isTrue();
      assertThat(BROWSER.text("#smspm-status")).isNotEmpty();
      assertThat(Layout.shifts(BROWSER)).isEmpty();
    } finally {
      BROWSER.withdraw(shifts);
    }
  }

  private void withWebOtp(Runnable test) {
    String webOtp = BROWSER.inject(WEB_OTP);
    try {
      BROWSER.signIn(user);
      test.run();
    } finally {
      BROWSER.withdraw(webOtp);
    }
  }
}
