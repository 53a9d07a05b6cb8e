package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/**
 * Nobody sets, swaps or forges a verified number, whatever they send. Users may write every
 * attribute that is not declared, and {@code phoneNumberVerified} is not declared here: the worst
 * that a realm can allow.
 */
@KeycloakIntegrationTest(config = TestServer.class)
class ForgeryIT {

  private static final String REFUSAL = "This number cannot be changed here";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();
  private final String forged = TestUser.anotherNumber();
  private UPConfig before;

  @BeforeEach
  void usersMayWriteUndeclaredAttributes() {
    before = profile();
    UPConfig profile = profile();
    profile.setUnmanagedAttributePolicy(UPConfig.UnmanagedAttributePolicy.ENABLED);
    profile.removeAttribute("phoneNumberVerified");
    realm.admin().users().userProfile().update(profile);
    TestAccount.allowPasswordGrant(realm.admin());
  }

  @AfterEach
  void noCodeEverCameToTheForgedNumber() {
    browser.close();
    realm.admin().users().userProfile().update(before);
    assertThat(TestServer.SIMULATOR.messagesTo(forged)).isEmpty();
  }

  @Test
  void aCraftedRegistrationFormBringsAlongNeitherNumberNorProof() {
    SignUp somebody = SignUp.somebody(realm.admin());
    Map<String, String> fields = somebody.fields();
    fields.put("phoneNumberVerified", "true");
    fields.put("user.attributes.phoneNumber", forged);
    fields.put("user.attributes.phoneNumberVerified", "true");
    fields.put("attributes.phoneNumber", forged);
    fields.put("credentials", "[{\"type\":\"smspm-phone\"}]");

    SignUp.open(browser).post(fields);

    TestUser user = somebody.user();
    assertThat(user.attribute("phoneNumber")).isNull();
    assertThat(user.attribute("phoneNumberVerified")).isNull();
    assertThat(user.phones()).isEmpty();
    assertThat(browser.enterCode(user.code(1)).isLoggedIn()).isTrue();
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
  }

  @Test
  void aRegistrationFormWithoutItsNumberCannotBeSentWithAnotherNameForIt() {
    SignUp somebody = SignUp.somebody(realm.admin());
    Map<String, String> fields = somebody.fields();
    fields.remove("phoneNumber");
    fields.put("user.attributes.phoneNumber", forged);

    SignUp.open(browser).post(fields);

    assertThat(browser.text()).contains("Please enter your mobile number");
    assertThat(somebody.hasAccount()).isFalse();
  }

  @Test
  void theAccountConsoleCannotSwapAProvenNumber() throws Exception {
    TestUser user = TestUser.withNumber(realm.admin());
    TestAccount account = TestAccount.of(user);

    assertThat(account.save(account.profile())).as("unchanged").isEqualTo(204);
    ObjectNode profile = account.profile();
    attributes(profile).putArray("phoneNumber").add(forged);
    JsonNode refusal = account.refusal(profile);

    assertThat(refusal.toString()).contains("smspmNumberOnlyProven").contains("phoneNumber");
    ObjectNode without = account.profile();
    attributes(without).putArray("phoneNumber");
    assertThat(account.save(without)).as("taken away").isEqualTo(400);
    ObjectNode two = account.profile();
    attributes(two).putArray("phoneNumber").add(user.number()).add(forged);
    assertThat(account.save(two)).as("two of them").isEqualTo(400);
    assertThatItIsStillTheOne(user);
  }

  /** Both consoles get a key, and the texts from here. */
  @ParameterizedTest
  @CsvSource({"account,en", "account,de", "admin,en", "admin,de"})
  void theConsolesHaveTheTextOfTheRefusal(String console, String language) throws Exception {
    String texts =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            String.join(
                                "/",
                                "http://localhost:8080/resources",
                                DemoRealm.NAME,
                                console,
                                language)))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();

    assertThat(texts)
        .contains("smspmNumberOnlyProven")
        .contains(language.equals("en") ? REFUSAL : "Diese Nummer kann hier nicht");
  }

  @Test
  void theAccountConsoleCannotInventANumber() throws Exception {
    TestUser user = TestUser.withoutNumber(realm.admin());
    TestAccount account = TestAccount.of(user);
    ObjectNode profile = account.profile();
    attributes(profile).putArray("phoneNumber").add(forged);

    assertThat(account.save(profile)).isEqualTo(400);

    assertThat(user.attribute("phoneNumber")).isNull();
  }

  /**
   * What such a realm lets users do to undeclared attributes, and that nobody is taken in by it.
   */
  @Test
  void anUndeclaredVerifiedFlagIsBelievedByNobody() throws Exception {
    TestUser user = TestUser.withoutNumber(realm.admin());
    UPConfig undeclared = profile();
    undeclared.removeAttribute("phoneNumber");
    realm.admin().users().userProfile().update(undeclared);
    TestAccount account = TestAccount.of(user);
    ObjectNode profile = account.profile();
    attributes(profile).putArray("phoneNumber").add(forged);
    attributes(profile).putArray("phoneNumberVerified").add("true");
    assertThat(account.save(profile)).isEqualTo(204);
    assertThat(user.attribute("phoneNumberVerified")).isEqualTo("true");

    // Where the password is enough
    browser
        .open("client_id", "demo-step-up", "scope", "openid%20phone")
        .enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");

    Tokens tokens = Tokens.of(browser, "demo-step-up");
    for (JsonNode claims : List.of(tokens.id(), tokens.access(), tokens.userInfo())) {
      assertThat(claims.has("phone_number")).isFalse();
      assertThat(claims.has("phone_number_verified")).isFalse();
    }
  }

  @Test
  void theUpdateOfTheProfileAtALoginRefusesAnotherNumberAndSaysWhereItCanBeChanged() {
    TestUser user = TestUser.withNumber(realm.admin());
    demand(user, "UPDATE_PROFILE");
    browser.signIn(user).enterCode(user.code(1));
    Map<String, String> fields = new HashMap<>();
    fields.put("username", user.name());
    fields.put("email", user.name() + "@example.com");
    fields.put("firstName", "Test");
    fields.put("lastName", "User");
    fields.put("phoneNumber", forged);
    fields.put("phoneNumberVerified", "true");

    browser.post(fields);
    assertThat(browser.isLoggedIn()).isFalse();
    assertThat(browser.text()).contains(REFUSAL);
    fields.remove("phoneNumber");
    fields.put("user.attributes.phoneNumber", forged);
    assertThat(browser.post(fields).isLoggedIn()).isFalse();
    fields.remove("user.attributes.phoneNumber");
    fields.put("phoneNumber", user.number());

    assertThat(browser.post(fields).isLoggedIn()).isTrue();
    assertThatItIsStillTheOne(user);
  }

  @Test
  void aUserWithoutANumberCanSaveTheProfileAndCannotWriteOneThere() {
    TestUser user = TestUser.withoutNumber(realm.admin(), TestFactors.totp());
    demand(user, "UPDATE_PROFILE");
    browser.signIn(user).enter(Map.of("otp", TestFactors.totpCode()), "login");

    browser.enter(Map.of("phoneNumber", forged), null);
    assertThat(browser.text()).contains(REFUSAL);
    browser.enter(Map.of("phoneNumber", ""), null);

    assertThat(browser.isLoggedIn()).isTrue();
    assertThat(user.attribute("phoneNumber")).isNull();
  }

  @Test
  void aCraftedFormOfOurOwnActionProvesNothing() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    browser.signIn(user).enterNumber("EE", user.number());
    String code = user.code(1);

    // The number comes from the session: one that comes along is a wish for a code to that number
    browser.post(
        Map.of(
            "code",
            code,
            "number",
            forged,
            "verified",
            "true",
            "phoneNumberVerified",
            "true",
            "user.attributes.phoneNumber",
            forged,
            "credentialData",
            "{\"phoneNumber\":\"" + forged + "\"}"));

    assertThat(browser.isLoggedIn()).isTrue();
    assertThatItIsStillTheOne(user);
  }

  @Test
  void theNumberOfASignUpIsBoundToItsUser() {
    SignUp somebody = SignUp.somebody(realm.admin());
    somebody.submit(browser);
    somebody.user().code(1);
    TestUser other = TestUser.withoutNumber(realm.admin());

    // Another user in the same browser, and in the same authentication session as far as possible
    browser.open().enter(Map.of("username", other.name(), "password", TestUser.PASSWORD), "login");

    assertThat(browser.has("code")).isFalse();
    assertThat(other.phones()).isEmpty();
  }

  @Test
  void anAdminIsToldThatAProvenNumberIsNotChangedByItsAttribute() {
    TestUser user = TestUser.withNumber(realm.admin());
    UserRepresentation update = user.admin().toRepresentation();
    update.singleAttribute("phoneNumber", forged);

    assertThatThrownBy(() -> user.admin().update(update))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refusal -> {
              try (Response response = refusal.getResponse()) {
                assertThat(response.readEntity(String.class))
                    .contains("phoneNumber")
                    .contains("smspmNumberOnlyProven");
              }
            });
    assertThatItIsStillTheOne(user);
    UserRepresentation others = user.admin().toRepresentation();
    others.setAttributes(Map.of("department", List.of("sales")));
    user.admin().update(others);
    assertThatItIsStillTheOne(user);
    assertThat(user.attribute("department")).isEqualTo("sales");
  }

  @Test
  void anAdminMayBringANumberInWhichProvesNothing() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    UserRepresentation update = user.admin().toRepresentation();
    update.singleAttribute("phoneNumber", forged);
    user.admin().update(update);

    assertThat(browser.signIn(user).has("phoneNumber")).isTrue();
    assertThat(user.attribute("phoneNumber")).isEqualTo(forged);
  }

  private UPConfig profile() {
    return realm.admin().users().userProfile().getConfiguration();
  }

  private static ObjectNode attributes(ObjectNode profile) {
    return profile.withObject("/attributes");
  }

  private static void demand(TestUser user, String action) {
    UserRepresentation representation = user.admin().toRepresentation();
    representation.setRequiredActions(List.of(action));
    user.admin().update(representation);
  }

  /** In credential and attributes, and in what an application gets. */
  private void assertThatItIsStillTheOne(TestUser user) {
    assertThat(user.phones()).hasSize(1);
    assertThat(user.phones().get(0).getCredentialData()).contains(user.number());
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
    assertThat(user.attribute("phoneNumberVerified")).isEqualTo("true");
  }
}
