package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.it.TestMails.TestMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.mail.MailServer;
import org.keycloak.testframework.mail.annotations.InjectMailServer;
import org.keycloak.testframework.realm.ManagedRealm;

/** Who is told of a number that was set up, changed or removed, whatever the way. */
@KeycloakIntegrationTest(config = TestServer.class)
class NoticesIT {

  private static final String SEALED = "smspmSealedNumber";
  private static final String NO_SERVER = "has no mail server";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectMailServer MailServer mailServer;

  private final TestBrowser browser = new TestBrowser();
  private TestMails mails;

  @BeforeEach
  void begin() {
    mails = new TestMails(mailServer);
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
    TestAccount.allowPasswordGrant(realm.admin());
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void aFirstNumberIsToldByMailAlone() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.signIn(user).enterNumber("EE", user.number()).enterCode(user.code(1));

    TestMail mail = onlyMail(user);

    assertThat(mail.subject()).isEqualTo("Your mobile number was set up");
    assertThat(mail.text())
        .contains("for signing in to SMSPM demo")
        .contains("••••")
        .contains("UTC", "change your password now", "nothing to do");
    assertThat(mail.html()).contains("<strong>").contains("was set up");
    assertThatNothingIsSaidInFull(mail, user.number());
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void aChangeIsToldToTheOldNumberAndByMail() {
    TestUser user = TestUser.withNumber(realm.admin());
    String other = TestUser.anotherNumber();
    browser.signIn(user).enterCode(user.code(1));
    browser.open("kc_action", "smspm-phone-number").enterNumber("EE", other);

    browser.enterCode(TestUser.codeTo(other, 1));

    assertThat(browser.url().getQuery()).contains("kc_action_status=success");
    assertThat(newestTo(user, 2)).startsWith("Your mobile number for").contains("was changed");
    TestMail mail = onlyMail(user);
    assertThat(mail.subject()).isEqualTo("Your mobile number was changed");
    assertThat(mail.text()).contains(other.substring(9));
    assertThatNothingIsSaidInFull(mail, other);
    assertThatNothingIsSaidInFull(mail, user.number());
    assertThat(TestServer.SIMULATOR.messagesTo(other)).hasSize(1);
  }

  @Test
  void aRemovalInTheAdminConsoleIsTold() {
    TestUser user = TestUser.withNumber(realm.admin());

    user.admin().removeCredential(user.phones().get(0).getId());

    assertThatARemovalIsTold(user);
    assertThat(user.attribute(SEALED)).isNull();
  }

  @Test
  void aRemovalInTheAccountConsoleIsTold() throws Exception {
    TestUser user = TestUser.withNumber(realm.admin());
    TestAccount account = TestAccount.of(user);

    assertThat(account.delete(account.phone().path("id").asText())).isEqualTo(204);

    assertThatARemovalIsTold(user);
  }

  @Test
  void aRemovalByKeycloaksOwnActionIsTold() {
    TestUser user = TestUser.withNumber(realm.admin());
    String credential = user.phones().get(0).getId();
    browser.signIn(user).enterCode(user.code(1));

    browser.open("kc_action", "delete_credential:" + credential).press("accept");

    assertThat(newestTo(user, 2)).contains("was removed");
    assertThat(onlyMail(user).subject()).isEqualTo("Your mobile number was removed");
  }

  @Test
  void anAdminsChangeIsToldAndAnImportIsNot() {
    TestUser user = TestUser.withNumber(realm.admin());
    assertThat(mails.to(user)).isEmpty();
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(TestUser.phone(TestUser.anotherNumber())));

    user.admin().update(update);

    assertThat(newestTo(user, 1)).contains("was changed");
    assertThat(onlyMail(user).subject()).isEqualTo("Your mobile number was changed");
  }

  /** A stranger's phone must not ring because somebody wrote its number into a profile. */
  @Test
  void whatAUserWritesIntoAttributesIsNeverSentTo() {
    UPConfig before = realm.admin().users().userProfile().getConfiguration();
    UPConfig open = realm.admin().users().userProfile().getConfiguration();
    open.setUnmanagedAttributePolicy(UnmanagedAttributePolicy.ENABLED);
    // As in realms without our validator, which refuses what is not proven
    open.getAttribute("phoneNumber").setValidations(Map.of());
    realm.admin().users().userProfile().update(open);
    try {
      TestUser other = TestUser.withNumber(realm.admin());
      TestUser user = TestUser.withNumber(realm.admin());
      String stranger = TestUser.anotherNumber();
      UserRepresentation forged = user.admin().toRepresentation();
      forged.singleAttribute("phoneNumber", stranger);
      forged.singleAttribute(SEALED, other.attribute(SEALED));
      user.admin().update(forged);
      assertThat(user.attribute(SEALED)).isNotEqualTo(other.attribute(SEALED));

      user.admin().removeCredential(user.phones().get(0).getId());

      assertThatARemovalIsTold(user);
      assertThat(TestServer.SIMULATOR.messagesTo(stranger)).isEmpty();
      assertThat(other.messages()).isZero();
    } finally {
      realm.admin().users().userProfile().update(before);
    }
  }

  @Test
  void noticesAreInTheLanguageOfTheUserWhoeverRemovesTheNumber() {
    TestUser user = TestUser.withNumber(realm.admin());
    UserRepresentation german = user.admin().toRepresentation();
    german.singleAttribute("locale", "de");
    user.admin().update(german);

    user.admin().removeCredential(user.phones().get(0).getId());

    assertThat(newestTo(user, 1)).contains("entfernt");
    assertThat(onlyMail(user).subject()).contains("entfernt");
  }

  @Test
  void anUnchangedNumberThatIsProvenAgainIsNotTold() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user).enterCode(user.code(1));
    browser.open("kc_action", "smspm-phone-number").enterNumber("EE", user.number());

    browser.enterCode(user.code(2));

    assertThat(browser.url().getQuery()).contains("kc_action_status=success");
    assertThat(user.messages()).isEqualTo(2);
    assertThat(mails.to(user)).isEmpty();
  }

  @Test
  void aLoopOfChangesUsesUpTheBudgetOfNoticesAndNoOther() {
    TestUser user = TestUser.withNumber(realm.admin());
    String other = TestUser.anotherNumber();
    for (int i = 0; i < 5; i++) {
      UserRepresentation update = user.admin().toRepresentation();
      update.setCredentials(List.of(TestUser.phone(i % 2 == 0 ? other : user.number())));
      user.admin().update(update);
    }
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(TestUser.phone(user.number())));
    user.admin().update(update);

    assertThat(user.awaitedMessages(3)).isEqualTo(3);
    browser.signIn(user);
    assertThat(browser.has("code")).isTrue();
    assertThat(browser.enterCode(user.code(4)).isLoggedIn()).isTrue();
    assertThat(TestServer.SIMULATOR.messagesTo(other)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void anAdminCanSwitchTheMessagesOff() {
    TestFlows.configureRealm(realm.admin(), Map.of("noticesPerHour", "0"));
    TestUser user = TestUser.withNumber(realm.admin());

    user.admin().removeCredential(user.phones().get(0).getId());

    assertThat(onlyMail(user).subject()).isEqualTo("Your mobile number was removed");
    assertThat(user.messages()).isZero();
  }

  @Test
  void aMailServerThatHangsHoldsNobodyUp() throws Exception {
    RealmRepresentation settings = realm.admin().toRepresentation();
    Map<String, String> smtp = Map.copyOf(settings.getSmtpServer());
    try (ServerSocket silent = new ServerSocket(0)) {
      useMailServer(silent.getLocalPort());
      for (int i = 0; i < 5; i++) {
        TestUser user = TestUser.withNumber(realm.admin());
        user.admin().removeCredential(user.phones().get(0).getId());
        assertThat(newestTo(user, 1)).contains("was removed");
      }
      TestUser user = TestUser.withNumber(realm.admin());

      assertThat(browser.signIn(user).enterCode(user.code(1)).isLoggedIn()).isTrue();
    } finally {
      useMailServer(Integer.parseInt(smtp.get("port")));
    }
  }

  @Test
  void aRealmWithoutAMailServerSaysSoOnceAndGoesOn() {
    RealmRepresentation settings = realm.admin().toRepresentation();
    Map<String, String> smtp = Map.copyOf(settings.getSmtpServer());
    int saidBefore = log().split(NO_SERVER, -1).length;
    settings.setSmtpServer(Map.of());
    realm.admin().update(settings);
    try {
      for (int i = 0; i < 2; i++) {
        TestUser user = TestUser.withNumber(realm.admin());
        user.admin().removeCredential(user.phones().get(0).getId());
        assertThat(newestTo(user, 1)).contains("was removed");
      }
      Eventually.holds(() -> log().split(NO_SERVER, -1).length > saidBefore);
      assertThat(log().split(NO_SERVER, -1)).hasSize(saidBefore + 1);
    } finally {
      settings.setSmtpServer(smtp);
      realm.admin().update(settings);
    }
  }

  private void useMailServer(int port) {
    RealmRepresentation settings = realm.admin().toRepresentation();
    Map<String, String> smtp = new HashMap<>(settings.getSmtpServer());
    smtp.put("port", Integer.toString(port));
    settings.setSmtpServer(smtp);
    realm.admin().update(settings);
  }

  private static String log() {
    try {
      return Files.readString(TestServer.LOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noNumberOfANoticeIsInTheLog() {
    TestUser user = TestUser.withNumber(realm.admin());

    user.admin().removeCredential(user.phones().get(0).getId());

    assertThatARemovalIsTold(user);
    assertThat(log()).doesNotContain(user.number()).doesNotContain(user.number().substring(1));
  }

  private void assertThatARemovalIsTold(TestUser user) {
    assertThat(newestTo(user, 1))
        .startsWith("Your mobile number for SMSPM demo was removed. Not you?");
    TestMail mail = onlyMail(user);
    assertThat(mail.subject()).isEqualTo("Your mobile number was removed");
    assertThat(mail.text()).contains(user.number().substring(9), "change your password now");
    assertThatNothingIsSaidInFull(mail, user.number());
  }

  private TestMail onlyMail(TestUser user) {
    List<TestMail> all = mails.to(user, 1);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static String newestTo(TestUser user, int count) {
    assertThat(user.awaitedMessages(count)).isEqualTo(count);
    return TestServer.SIMULATOR.messagesTo(user.number()).get(0).text();
  }

  private static void assertThatNothingIsSaidInFull(TestMail mail, String number) {
    String digits = number.substring(4);
    assertThat((mail.text() + mail.html() + mail.subject()).replaceAll("[^0-9]", ""))
        .doesNotContain(digits);
  }
}
