package com.smspm.keycloak.it;

import java.util.Locale;
import java.util.function.Supplier;
import org.keycloak.admin.client.resource.RealmResource;

/**
 * Somebody who has codes sent to the numbers of one range, one after the other, and enters none. A
 * user's own budget is spent on twelve of them, then comes the next user.
 */
final class Walk implements AutoCloseable {

  /** What may be sent in an hour to numbers not proven, with {@code perUserHour} at its most. */
  private static final int PER_USER = 12;

  private final Supplier<RealmResource> realm;
  private final String prefix;
  private final int step;
  private TestBrowser browser;
  private int asked;

  /**
   * @param prefix of the numbers, without their last four digits
   * @param step from one number to the next
   */
  Walk(Supplier<RealmResource> realm, String prefix, int step) {
    this.realm = realm;
    this.prefix = prefix;
    this.step = step;
  }

  /** Asks for a code to the next number, and says whether it was sent. */
  boolean next() {
    if (asked % PER_USER == 0) {
      newUser();
    }
    if (browser.has("changeNumber")) {
      browser.press("changeNumber");
    }
    asked++;
    browser.enterNumber("EE", number());
    if (!browser.has("code") && !browser.text().contains("cannot send")) {
      throw new AssertionError("neither sent nor refused: " + browser.text());
    }
    return browser.has("code");
  }

  /** How many of so many are sent. */
  int next(int count) {
    int sent = 0;
    for (int i = 0; i < count; i++) {
      sent += next() ? 1 : 0;
    }
    return sent;
  }

  /** Enters the code of the last message, which ends this login. */
  void verify() {
    browser.enterCode(TestUser.codeTo(number(), 1));
    if (!browser.isLoggedIn()) {
      throw new AssertionError("not verified: " + browser.text());
    }
    anotherUser();
  }

  /** Goes on in a new login, because the one before is complete or too old. */
  void anotherUser() {
    asked += (PER_USER - asked % PER_USER) % PER_USER;
  }

  private String number() {
    return prefix + String.format(Locale.ROOT, "%04d", 1000 + asked * step);
  }

  private void newUser() {
    close();
    browser = new TestBrowser().signIn(TestUser.withoutNumber(realm.get()));
  }

  @Override
  public void close() {
    if (browser != null) {
      browser.close();
    }
  }
}
