package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.mail.MailServer;
import org.keycloak.testframework.mail.annotations.InjectMailServer;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.runonserver.InjectRunOnServer;
import org.keycloak.testframework.remote.runonserver.RunOnServerClient;

/** Users that came with a number in an attribute, and an admin who vouches for it or does not. */
@KeycloakIntegrationTest(config = TestServer.class)
class ProvisioningIT {

  private static final String ATTRIBUTE = "mobile";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectMailServer MailServer mailServer;

  @InjectRunOnServer(permittedPackages = "com.smspm.keycloak.it")
  RunOnServerClient server;

  private final TestBrowser browser = new TestBrowser();
  private UPConfig before;

  @BeforeEach
  void anAdminVouches() {
    before = realm.admin().users().userProfile().getConfiguration();
    declare(Set.of("admin"));
    TestFlows.configureRealm(
        realm.admin(), Map.of("vouchedNumbers", ATTRIBUTE, "defaultCountry", "EE"));
  }

  @AfterEach
  void goOnAsUsual() {
    realm.admin().users().userProfile().update(before);
    TestFlows.configureRealm(realm.admin(), Map.of());
    browser.close();
  }

  @Test
  void theFirstLoginAsksForACodeToTheVouchedNumberAndTellsOfIt() {
    TestUser user = imported();

    browser.signIn(user);

    assertThat(browser.has("code")).isTrue();
    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
    assertThat(user.phones()).hasSize(1);
    assertThat(user.phones().get(0).getCredentialData()).contains("\"vouchedBy\":\"mobile\"");
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
    assertThat(events("CUSTOM_REQUIRED_ACTION", user)).contains("number_vouched");
    assertThat(new TestMails(mailServer).to(user, 1))
        .singleElement()
        .satisfies(mail -> assertThat(mail.subject()).isEqualTo("Your mobile number was set up"));
  }

  @Test
  void aNumberAsPeopleWriteItIsReadByTheRulesOfTheRealm() {
    TestUser user = imported("5" + TestUser.anotherNumber().substring(5));

    browser.signIn(user);

    assertThat(browser.has("code")).isTrue();
  }

  @Test
  void byDefaultAnAttributeProvesNothing() {
    TestFlows.configureRealm(realm.admin(), Map.of());

    assertThat(browser.signIn(imported()).has("phoneNumber")).isTrue();
  }

  @Test
  void anAttributeThatUsersCanEditIsRefusedAndTheLogSaysWhy() throws IOException {
    declare(Set.of("admin", "user"));
    TestUser user = imported();

    assertThat(browser.signIn(user).has("phoneNumber")).isTrue();

    assertThat(user.phones()).isEmpty();
    assertThat(Files.readString(TestServer.LOG)).contains("users can edit it in their profile");
  }

  @Test
  void noAttributeIsGoodEnoughWhereUsersCanWriteAny() throws IOException {
    change(it -> it.setUnmanagedAttributePolicy(UnmanagedAttributePolicy.ENABLED));
    TestUser user = imported();

    assertThat(browser.signIn(user).has("phoneNumber")).isTrue();

    assertThat(user.phones()).isEmpty();
    assertThat(Files.readString(TestServer.LOG)).contains("unmanaged attributes are enabled");
  }

  @Test
  void aNumberOfAnotherAccountIsNotVouchedFor() {
    TestUser owner = TestUser.withNumber(realm.admin());
    TestFlows.configureRealm(
        realm.admin(), Map.of("vouchedNumbers", ATTRIBUTE, "takenNumbers", "take"));
    TestUser user = imported(owner.number());

    assertThat(browser.signIn(user).has("phoneNumber")).isTrue();

    assertThat(user.phones()).isEmpty();
    assertThat(owner.attribute("phoneNumber")).isEqualTo(owner.number());
    assertThat(events("CUSTOM_REQUIRED_ACTION_ERROR", user)).contains("number_not_vouched");
  }

  @Test
  void aNumberThatWasRemovedIsNotVouchedForAgain() {
    TestUser user = imported();
    browser.signIn(user).enterCode(user.code(1));
    user.admin().removeCredential(user.phones().get(0).getId());

    try (TestBrowser next = new TestBrowser()) {
      assertThat(next.signIn(user).has("phoneNumber")).isTrue();
    }
  }

  /** In a conditional flow, whoever came second would be let in with the password alone. */
  @Test
  void ofTwoFirstLoginsAtTheSameMomentBothAreAskedForACode() {
    for (int round = 0; round < 3; round++) {
      TestUser user = imported();
      try (TestBrowser one = new TestBrowser();
          TestBrowser two = new TestBrowser()) {
        List<TestBrowser> browsers = List.of(one, two);
        browsers.forEach(TestBrowser::open);

        AtOnce.run(
            2,
            i ->
                () ->
                    browsers
                        .get(i)
                        .enter(
                            Map.of("username", user.name(), "password", TestUser.PASSWORD),
                            "login"));

        assertThat(user.phones()).hasSize(1);
        String shown = "•••• " + user.number().substring(9);
        assertThat(browsers).allMatch(it -> it.status() == 200 && it.text().contains(shown));
        assertThat(user.admin().toRepresentation().getAttributes().get("phoneNumber"))
            .containsExactly(user.number());
      }
    }
  }

  @Test
  void aReadOnlyStorageOfUsersStopsNoLogin() throws IOException {
    TestUser user = imported();

    assertThat(server.fetch(VouchingOnServer.readOnly(user.id()), Integer.class)).isEqualTo(1);

    assertThat(user.attribute("smspmVouchedNumber")).isNull();
    assertThat(Files.readString(TestServer.LOG))
        .contains("user " + user.id() + ": the attribute smspmVouchedNumber cannot be written");
  }

  @Test
  void aNumberThatIsThereAlreadyStays() {
    TestUser user = TestUser.withNumber(realm.admin());
    write(user, TestUser.anotherNumber());

    browser.signIn(user);

    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
  }

  private TestUser imported() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    write(user, user.number());
    return user;
  }

  private TestUser imported(String number) {
    TestUser user = TestUser.withoutNumber(realm.admin());
    write(user, number);
    return user;
  }

  private static void write(TestUser user, String number) {
    UserRepresentation representation = user.admin().toRepresentation();
    representation.singleAttribute(ATTRIBUTE, number);
    user.admin().update(representation);
  }

  private void declare(Set<String> editors) {
    change(
        profile ->
            profile.addOrReplaceAttribute(
                new UPAttribute(
                    ATTRIBUTE, new UPAttributePermissions(Set.of("admin", "user"), editors))));
  }

  private void change(Consumer<UPConfig> how) {
    UPConfig profile = realm.admin().users().userProfile().getConfiguration();
    how.accept(profile);
    realm.admin().users().userProfile().update(profile);
  }

  private List<String> events(String type, TestUser user) {
    return realm
        .admin()
        .getEvents(List.of(type), null, user.id(), null, null, null, null, null)
        .stream()
        .map(EventRepresentation::getDetails)
        .map(details -> details.get("smspm_event"))
        .toList();
  }
}
