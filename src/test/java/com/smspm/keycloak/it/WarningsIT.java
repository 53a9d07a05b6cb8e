package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.mail.MailServer;
import org.keycloak.testframework.mail.annotations.InjectMailServer;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Users who hear that somebody else may be at their account. */
@KeycloakIntegrationTest(config = TestServer.class)
class WarningsIT {

  private static final String WRONG_CODES = "Wrong codes on your account";
  private static final String NEW_BROWSER = "Sign-in from a new browser";
  private static final int DAY = 86_400;

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @InjectMailServer MailServer mailServer;

  private final TestBrowser browser = new TestBrowser();
  private TestMails mails;

  @BeforeEach
  void begin() {
    mails = new TestMails(mailServer);
  }

  @AfterEach
  void goOnAsUsual() {
    new ServerClock(admin).moveTo(0);
    TestFlows.configureRealm(realm.admin(), Map.of());
    browser.close();
  }

  @Test
  void threeWrongCodesAreToldOnceAndAgainTheNextDay() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user);
    String wrong = TestUser.wrong(user.code(1));
    browser.enterCode(wrong).enterCode(wrong);
    assertThat(mails.to(user)).isEmpty();

    browser.enterCode(wrong).enterCode(wrong).enterCode(wrong);

    assertThat(mails.to(user, 1)).hasSize(1);
    assertThat(mails.to(user).get(0).subject()).isEqualTo(WRONG_CODES);
    assertThat(mails.to(user).get(0).text()).contains("may know your password");
    new ServerClock(admin).moveTo(DAY + 60);
    try (TestBrowser next = new TestBrowser()) {
      next.signIn(user);
      next.enterCode(TestUser.wrong(user.code(2)));
    }
    assertThat(mails.to(user, 2)).hasSize(2);
  }

  @Test
  void whoSetsUpANumberAndErrsIsNotWarned() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.signIn(user).enterNumber("EE", user.number());
    String code = user.code(1);
    for (int i = 0; i < 4; i++) {
      browser.enterCode(TestUser.wrong(code));
    }
    browser.enterCode(code);

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(mails.to(user, 1))
        .extracting(TestMails.TestMail::subject)
        .containsExactly("Your mobile number was set up");
  }

  @Test
  void aNewBrowserIsToldOfOnceWhereTheRealmWantsThat() {
    TestFlows.configureRealm(realm.admin(), Map.of("newBrowserMail", "true"));
    TestUser user = TestUser.withNumber(realm.admin());

    browser.signIn(user).enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(mails.to(user, 1))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.subject()).isEqualTo(NEW_BROWSER);
              assertThat(mail.text().replace('\u00a0', ' '))
                  .contains("Chrome on Windows", "127.0.0.1", "UTC");
            });
    signOutAndInAgain(user, 2);
    assertThat(mails.to(user)).hasSize(1);

    try (TestBrowser other = new TestBrowser()) {
      other.signIn(user).enterCode(user.code(3));
      assertThat(other.isLoggedIn()).isTrue();
    }
    assertThat(mails.to(user, 2)).hasSize(2);
  }

  @Test
  void twoUsersOfOneBrowserAreEachToldOnceAndByDefaultNobodyIs() {
    TestUser quiet = TestUser.withNumber(realm.admin());
    browser.signIn(quiet).enterCode(quiet.code(1));
    TestFlows.configureRealm(realm.admin(), Map.of("newBrowserMail", "true"));
    TestUser one = TestUser.withNumber(realm.admin());
    TestUser two = TestUser.withNumber(realm.admin());

    signOutAndInAgain(one, 1);
    signOutAndInAgain(two, 1);
    signOutAndInAgain(one, 2);

    assertThat(mails.to(two, 1)).hasSize(1);
    assertThat(mails.to(one, 1)).hasSize(1);
    assertThat(mails.to(quiet)).isEmpty();
  }

  private void signOutAndInAgain(TestUser user, int messages) {
    new ServerClock(admin).moveTo(messages * 120);
    browser.forgetSession().signIn(user).enterCode(user.code(messages));
    assertThat(browser.isLoggedIn()).isTrue();
  }
}
