package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.mail.MailServer;
import org.keycloak.testframework.mail.annotations.InjectMailServer;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Somebody proves a number that another account has, in a realm where the last proof counts. */
@KeycloakIntegrationTest(config = TestServer.class)
class TakeOverIT {

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @InjectMailServer MailServer mailServer;

  private final TestBrowser first = new TestBrowser();
  private final TestBrowser second = new TestBrowser();

  @BeforeEach
  void theLastProofCounts() {
    TestFlows.configureRealm(
        realm.admin(), Map.of("takenNumbers", "take", "perAddressHour", "10000"));
  }

  @AfterEach
  void goOnAsUsual() {
    new ServerClock(admin).moveTo(0);
    TestFlows.configureRealm(realm.admin(), Map.of());
    first.close();
    second.close();
  }

  @Test
  void theNumberChangesItsAccountAndBothAreTold() {
    TestUser owner = TestUser.withNumber(realm.admin());
    TestUser taker = takenFrom(owner);

    assertThat(second.isLoggedIn()).isTrue();
    assertThat(taker.attribute("phoneNumber")).isEqualTo(owner.number());
    assertThat(owner.attribute("phoneNumber")).isNull();
    assertThat(owner.attribute("phoneNumberVerified")).isNull();
    TestMails mails = new TestMails(mailServer);
    assertThat(mails.to(owner, 1))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.subject()).isEqualTo("Your mobile number was removed");
              assertThat(mail.text()).contains("for another account");
            });
    assertThat(mails.to(taker, 1))
        .singleElement()
        .satisfies(mail -> assertThat(mail.text()).contains("removed from another account"));
    assertThat(events(owner)).contains("number_taken");
    assertThat(events(taker)).contains("number_took");
    // The number is the taker's by now: no message tells it anything of the other account
    assertThat(owner.messages()).isEqualTo(1);
  }

  /** The flow asks who has a second factor: the one who had it must not get in without. */
  @Test
  void whoHasLostTheNumberIsStillAskedForASecondFactor() {
    TestUser owner = TestUser.withNumber(realm.admin());
    takenFrom(owner);

    first.signIn(owner);

    assertThat(first.isLoggedIn()).isFalse();
    assertThat(first.text()).contains("cannot send a code");
    assertThat(first.has("code")).isFalse();
    assertThat(first.has("phoneNumber")).isFalse();
    first.post(Map.of("resend", "true"));
    first.post(Map.of("code", owner.code(1)));
    assertThat(first.isLoggedIn()).isFalse();
    assertThat(owner.messages()).isEqualTo(1);
  }

  @Test
  void anotherWayGoesOnWorkingAndLeadsBackToANumber() {
    TestUser owner = TestUser.withNumber(realm.admin(), TestFactors.totp());
    takenFrom(owner);

    first.signIn(owner);
    assertThat(first.offersAnotherWay()).isTrue();
    first.tryAnotherWay().choose("Authenticator Application");
    first.enter(Map.of("otp", TestFactors.totpCode()), "login");
    assertThat(first.isLoggedIn()).isTrue();

    String other = TestUser.anotherNumber();
    first.open("kc_action", "smspm-phone-number").enterNumber("EE", other);
    first.enterCode(TestUser.codeTo(other, 1));
    assertThat(first.url().getQuery()).contains("kc_action_status=success");
    assertThat(owner.attribute("phoneNumber")).isEqualTo(other);
    assertThat(owner.phones()).hasSize(1);
  }

  @Test
  void anAdminsUnlockDoesNotGiveTheNumberBack() {
    TestUser owner = TestUser.withNumber(realm.admin());
    takenFrom(owner);

    assertThat(new AdminApi(admin).delete("users/" + owner.id() + "/lock")).isEqualTo(204);

    first.signIn(owner);
    assertThat(first.text()).contains("cannot send a code");
  }

  @Test
  void aCodeThatWasSentBeforeIsGoodForNothingAfterwards() {
    TestUser owner = TestUser.withNumber(realm.admin());
    first.signIn(owner);
    String code = owner.code(1);
    TestUser taker = TestUser.withoutNumber(realm.admin());
    second.signIn(taker).enterNumber("EE", owner.number()).enterCode(owner.code(2));
    assertThat(second.isLoggedIn()).isTrue();

    first.enterCode(code);

    assertThat(first.isLoggedIn()).isFalse();
  }

  @Test
  void ofTwoAtTheSameMomentOneHasItInTheEnd() {
    TestUser owner = TestUser.withNumber(realm.admin());
    TestUser one = TestUser.withoutNumber(realm.admin());
    TestUser two = TestUser.withoutNumber(realm.admin());
    first.signIn(one).enterNumber("EE", owner.number());
    String codeOfFirst = owner.code(1);
    new ServerClock(admin).moveTo(31);
    second.signIn(two).enterNumber("EE", owner.number());
    String codeOfSecond = owner.code(2);

    AtOnce.run(
        2, i -> () -> i == 0 ? first.enterCode(codeOfFirst) : second.enterCode(codeOfSecond));

    List<TestUser> having =
        List.of(owner, one, two).stream()
            .filter(it -> owner.number().equals(it.attribute("phoneNumber")))
            .toList();
    assertThat(having).hasSize(1).doesNotContain(owner);
  }

  private TestUser takenFrom(TestUser owner) {
    TestUser taker = TestUser.withoutNumber(realm.admin());
    second.signIn(taker).enterNumber("EE", owner.number()).enterCode(owner.code(1));
    return taker;
  }

  private List<String> events(TestUser user) {
    return realm
        .admin()
        .getEvents(List.of("CUSTOM_REQUIRED_ACTION"), null, user.id(), null, null, null, null, null)
        .stream()
        .map(EventRepresentation::getDetails)
        .map(details -> details.get("smspm_event"))
        .toList();
  }
}
