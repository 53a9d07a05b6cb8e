package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.keycloak.admin.client.resource.RealmResource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Every door that asks for a code, from where somebody stands before it to where it leads. */
enum ErrorDoor {
  SECOND_FACTOR(3, 300) {
    @Override
    String open(Chromium browser, RealmResource realm, Runnable atLast) {
      TestUser user = TestUser.withNumber(realm, TestFactors.totp());
      atLast.run();
      browser.signIn(user, ENGLISH);
      return user.number();
    }
  },
  FIRST_ENROLMENT(1, ErrorDoor.VALID_SECONDS) {
    @Override
    String open(Chromium browser, RealmResource realm, Runnable atLast) {
      TestUser user = TestUser.withoutNumber(realm);
      browser.signIn(user, ENGLISH);
      atLast.run();
      enterNumber(browser, user.number());
      return user.number();
    }
  },
  CHANGE_OF_NUMBER(1, ErrorDoor.VALID_SECONDS) {
    @Override
    String open(Chromium browser, RealmResource realm, Runnable atLast) {
      TestUser user = TestUser.withNumber(realm);
      String number = TestUser.anotherNumber();
      browser.signIn(user, ENGLISH);
      browser.enterCode(user.code(1));
      browser.go(TestBrowser.authorization("ui_locales", "en", "kc_action", "smspm-phone-number"));
      atLast.run();
      enterNumber(browser, number);
      return number;
    }

    @Override
    void assertEnd(Chromium browser) {
      assertThat(browser.address()).contains("kc_action_status=success");
    }
  },
  PHONE_LOGIN(1, 300) {
    @Override
    void bind(RealmResource realm) {
      OpenDoors.bindBrowser(realm, PHONE_FLOW);
    }

    @Override
    String open(Chromium browser, RealmResource realm, Runnable atLast) {
      TestUser user = TestUser.withNumber(realm);
      browser.go(TestBrowser.authorization(ENGLISH));
      atLast.run();
      enterNumber(browser, user.number());
      return user.number();
    }
  },
  RESET(1, ErrorDoor.VALID_SECONDS) {
    @Override
    String open(Chromium browser, RealmResource realm, Runnable atLast) {
      TestUser user = TestUser.withNumber(realm, TestFactors.totp());
      browser.go(TestBrowser.authorization(ENGLISH));
      browser.press("a[href*=reset-credentials]");
      atLast.run();
      browser.leave(() -> browser.find("#username").sendKeys(user.name(), Keys.ENTER));
      return user.number();
    }

    @Override
    void assertEnd(Chromium browser) {
      browser.find("#password-new").sendKeys("a new one");
      browser.leave(() -> browser.find("#password-confirm").sendKeys("a new one", Keys.ENTER));
      assertThat(browser.text("main")).contains("has been updated");
    }
  },
  REGISTRATION(1, ErrorDoor.VALID_SECONDS) {
    @Override
    String open(Chromium browser, RealmResource realm, Runnable atLast) {
      SignUp somebody = SignUp.somebody(realm);
      browser.go(TestBrowser.authorization(ENGLISH));
      browser.press("a[href*=registration]");
      somebody
          .fields()
          .forEach((name, value) -> browser.driver().findElement(By.name(name)).sendKeys(value));
      atLast.run();
      browser.leave(
          () -> browser.driver().findElement(By.name("phoneNumber")).sendKeys(Keys.ENTER));
      return somebody.number();
    }
  },
  STEP_UP(3, 300) {
    @Override
    String open(Chromium browser, RealmResource realm, Runnable atLast) {
      TestUser user = TestUser.withNumber(realm);
      browser.signIn(user, "ui_locales", "en", "client_id", STEP_UP_CLIENT);
      assertThat(browser.isLoggedIn()).isTrue();
      atLast.run();
      browser.go(
          TestBrowser.authorization(
              "ui_locales", "en", "client_id", STEP_UP_CLIENT, "acr_values", "sms"));
      assertThat(browser.has("#password")).isFalse();
      return user.number();
    }
  };

  /** Of a realm that sends a number the fewest messages that can be set, three in an hour. */
  static final String FEWEST_MESSAGES = "3";

  /** Shorter than Keycloak waits for somebody who has an action to do. */
  static final int VALID_SECONDS = 120;

  static final String PHONE_FLOW = "door errors phone";

  private static final String STEP_UP_CLIENT = "demo-step-up";
  private static final String[] ENGLISH = {"ui_locales", "en"};

  private final int messagesOfFewest;
  private final int validSeconds;

  ErrorDoor(int messagesOfFewest, int validSeconds) {
    this.messagesOfFewest = messagesOfFewest;
    this.validSeconds = validSeconds;
  }

  /** How many of the fewest messages this door may cause: all where the number is proven. */
  int messagesOfFewest() {
    return messagesOfFewest;
  }

  /** Whether the page does not know who stands there, and so says nothing about the message. */
  boolean veiled() {
    return this == PHONE_LOGIN || this == RESET;
  }

  int validSeconds() {
    return validSeconds;
  }

  /** What the page says at first. */
  String lead() {
    return switch (this) {
      case PHONE_LOGIN -> "belongs to an account, a code of 6 digits is on its way";
      case RESET -> "If there is such an account with a confirmed mobile number, a code of 6";
      default -> "We sent a code of 6 digits to ";
    };
  }

  void bind(RealmResource realm) {
    OpenDoors.bindBrowser(realm, "browser with SMS");
  }

  /**
   * Brings a browser without cookies to the page for the code, as somebody new.
   *
   * @param atLast what to do just before the step that sends the code
   * @return the number that the code goes to
   */
  abstract String open(Chromium browser, RealmResource realm, Runnable atLast);

  /** After the right code. */
  void assertEnd(Chromium browser) {
    assertThat(browser.isLoggedIn()).as(browser.address()).isTrue();
  }

  private static void enterNumber(Chromium browser, String number) {
    browser.leave(() -> browser.find("#phoneNumber").sendKeys(number, Keys.ENTER));
  }
}
