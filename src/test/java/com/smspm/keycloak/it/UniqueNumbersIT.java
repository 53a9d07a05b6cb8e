package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** One account per proven number. */
@KeycloakIntegrationTest(config = TestServer.class)
class UniqueNumbersIT {

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final TestBrowser first = new TestBrowser();
  private final TestBrowser second = new TestBrowser();

  @BeforeEach
  void oneAddressMayAskOften() {
    TestFlows.configureRealm(realm.admin(), Map.of("perAddressHour", "10000"));
  }

  @AfterEach
  void theDefaultsAgain() {
    new ServerClock(admin).moveTo(0);
    TestFlows.configureRealm(realm.admin(), Map.of());
    first.close();
    second.close();
  }

  @Test
  void aNumberOfAnotherAccountIsRefusedOnceItWasProvenAndNotBefore() {
    TestUser owner = TestUser.withNumber(realm.admin());
    TestUser other = TestUser.withoutNumber(realm.admin());

    first.signIn(other).enterNumber("EE", owner.number());
    assertThat(first.has("code")).isTrue();
    first.enterCode(owner.code(1));

    assertThat(first.isLoggedIn()).isFalse();
    assertThat(first.text()).contains("cannot be used");
    assertThat(first.has("phoneNumber")).isTrue();
    assertThat(other.phones()).isEmpty();
    first.enterNumber("EE", other.number());
    assertThat(first.enterCode(other.code(1)).isLoggedIn()).isTrue();
  }

  @Test
  void ofTwoWhoProveTheSameNumberAtTheSameMomentOneWinsAndTheOtherIsTold() {
    String number = TestUser.anotherNumber();
    TestUser one = TestUser.withoutNumber(realm.admin());
    TestUser two = TestUser.withoutNumber(realm.admin());
    first.signIn(one).enterNumber("EE", number);
    String codeOfFirst = TestUser.codeTo(number, 1);
    new ServerClock(admin).moveTo(31);
    second.signIn(two).enterNumber("EE", number);
    String codeOfSecond = TestUser.codeTo(number, 2);

    AtOnce.run(
        2, i -> () -> i == 0 ? first.enterCode(codeOfFirst) : second.enterCode(codeOfSecond));

    assertThat(one.phones().size() + two.phones().size()).isEqualTo(1);
    TestBrowser winner = one.phones().isEmpty() ? second : first;
    TestBrowser loser = one.phones().isEmpty() ? first : second;
    assertThat(winner.isLoggedIn()).isTrue();
    assertThat(loser.isLoggedIn()).isFalse();
    assertThat(loser.text()).contains("cannot be used");
  }

  @Test
  void ofTwoNumbersThatAUserProvesAtTheSameMomentOneIsLeft() {
    for (int round = 0; round < 3; round++) {
      TestUser user = TestUser.withoutNumber(realm.admin());
      List<String> numbers = List.of(user.number(), TestUser.anotherNumber());

      List<Boolean> in = proveAtOnce(user, numbers);

      assertThat(user.phones()).hasSize(1);
      assertThat(in).containsExactly(true, true);
      String left = user.phones().get(0).getCredentialData();
      assertThat(numbers).anyMatch(left::contains);
      assertThat(attributes(user)).singleElement().satisfies(it -> assertThat(left).contains(it));
    }
  }

  @Test
  void aNumberThatAUserProvesInTwoBrowsersAtTheSameMomentIsStoredOnce() {
    TestUser user = TestUser.withoutNumber(realm.admin());

    List<Boolean> in = proveAtOnce(user, List.of(user.number(), user.number()));

    assertThat(user.phones()).hasSize(1);
    assertThat(in).containsExactly(true, true);
    assertThat(attributes(user)).containsExactly(user.number());
  }

  /** Each in a browser of its own; says which of them were let in. */
  private List<Boolean> proveAtOnce(TestUser user, List<String> numbers) {
    try (TestBrowser one = new TestBrowser();
        TestBrowser two = new TestBrowser()) {
      List<TestBrowser> browsers = List.of(one, two);
      one.signIn(user).enterNumber("EE", numbers.get(0));
      String codeOfOne = TestUser.codeTo(numbers.get(0), 1);
      boolean same = numbers.get(0).equals(numbers.get(1));
      if (same) {
        new ServerClock(admin).moveTo(31);
      }
      two.signIn(user).enterNumber("EE", numbers.get(1));
      String codeOfTwo = TestUser.codeTo(numbers.get(1), same ? 2 : 1);
      List<String> codes = List.of(codeOfOne, codeOfTwo);
      AtOnce.run(2, i -> () -> browsers.get(i).enterCode(codes.get(i)));
      return browsers.stream().map(TestBrowser::isLoggedIn).toList();
    }
  }

  private static List<String> attributes(TestUser user) {
    return user.admin().toRepresentation().getAttributes().get("phoneNumber");
  }

  @Test
  void theSameUserMayProveTheSameNumberAgain() {
    TestUser user = TestUser.withNumber(realm.admin());
    first.signIn(user).enterCode(user.code(1));
    first.open("kc_action", "smspm-phone-number").enterNumber("EE", user.number());

    first.enterCode(user.code(2));

    assertThat(first.url().getQuery()).contains("kc_action_status=success");
    assertThat(user.phones()).hasSize(1);
  }

  @Test
  void anAttributeThatSomebodyWroteBlocksNobody() {
    TestUser other = TestUser.withoutNumber(realm.admin());
    TestUser user = TestUser.withoutNumber(realm.admin());
    var representation = other.admin().toRepresentation();
    representation.singleAttribute("phoneNumber", user.number());
    representation.singleAttribute("phoneNumberVerified", "true");
    other.admin().update(representation);

    first.signIn(user).enterNumber("EE", user.number());

    assertThat(first.enterCode(user.code(1)).isLoggedIn()).isTrue();
  }

  @Test
  void aProvenNumberStaysTakenWhateverAnAdminSavesInItsAttribute() {
    UPConfig before = withoutTheValidator();
    TestUser owner = TestUser.withNumber(realm.admin());
    TestUser other = TestUser.withoutNumber(realm.admin());
    var representation = owner.admin().toRepresentation();
    representation.singleAttribute("phoneNumber", TestUser.anotherNumber());
    owner.admin().update(representation);
    realm.admin().users().userProfile().update(before);
    assertThat(owner.attribute("phoneNumber")).isEqualTo(owner.number());

    first.signIn(other).enterNumber("EE", owner.number()).enterCode(owner.code(1));

    assertThat(first.text()).contains("cannot be used");
    assertThat(other.phones()).isEmpty();
  }

  /** Where a registration form asks for a number, users may write the attribute. */
  @Test
  void aTokenNeverVouchesForANumberThatTheUserWroteIntoTheProfile() {
    UPConfig before = withoutTheValidator();
    try {
      TestUser user = TestUser.withNumber(realm.admin());
      var representation = user.admin().toRepresentation();
      representation.setRequiredActions(List.of("UPDATE_PROFILE"));
      user.admin().update(representation);
      first.signIn(user).enterCode(user.code(1));

      first.post(
          Map.of(
              "username",
              user.name(),
              "email",
              user.name() + "@example.com",
              "firstName",
              "Test",
              "lastName",
              "User",
              "phoneNumber",
              TestUser.anotherNumber()));

      assertThat(first.isLoggedIn()).isTrue();
      assertThat(user.attribute("phoneNumberVerified")).isEqualTo("true");
      assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
    } finally {
      realm.admin().users().userProfile().update(before);
    }
  }

  @Test
  void anAdminCanAllowFamiliesToShareANumber() {
    TestFlows.configureRealm(
        realm.admin(), Map.of("uniqueNumbers", "false", "perAddressHour", "10000"));
    TestUser owner = TestUser.withNumber(realm.admin());
    TestUser other = TestUser.withoutNumber(realm.admin());

    first.signIn(other).enterNumber("EE", owner.number());

    assertThat(first.enterCode(owner.code(1)).isLoggedIn()).isTrue();
    assertThat(List.of(owner.phones().size(), other.phones().size())).containsExactly(1, 1);
  }

  /** As a realm may be set up too; what was there before can be put back. */
  private UPConfig withoutTheValidator() {
    UPConfig before = realm.admin().users().userProfile().getConfiguration();
    UPConfig without = realm.admin().users().userProfile().getConfiguration();
    without.getAttribute("phoneNumber").setValidations(Map.of());
    realm.admin().users().userProfile().update(without);
    return before;
  }
}
