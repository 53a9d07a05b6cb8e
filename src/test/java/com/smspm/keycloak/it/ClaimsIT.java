package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** What the two mappers put into tokens, after logins of every kind. */
@KeycloakIntegrationTest(config = TestServer.class)
class ClaimsIT {

  private static final String PHONE = "openid%20phone";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void theProvenNumberIsInEveryTokenAndTheMethodsToo() {
    resourceServer();
    TestUser user = TestUser.withNumber(realm.admin());
    signIn(user).enterCode(user.code(1));
    Tokens tokens = Tokens.of(browser);

    for (JsonNode claims :
        List.of(
            tokens.id(),
            tokens.access(),
            tokens.userInfo(),
            tokens.introspectedBy("resource-server", "secret"),
            tokens.refreshed("demo-app").id())) {
      assertThat(claims.path("phone_number").asText()).isEqualTo(user.number());
      assertThat(claims.path("phone_number_verified").isBoolean()).isTrue();
      assertThat(claims.path("phone_number_verified").asBoolean()).isTrue();
      assertThat(claims.path("amr"))
          .extracting(JsonNode::asText)
          .containsExactly("pwd", "sms", "mfa");
    }
  }

  @Test
  void withoutTheScopeThereIsNoNumber() {
    TestUser user = TestUser.withNumber(realm.admin());
    browser.signIn(user).enterCode(user.code(1));

    assertThat(Tokens.of(browser).id().has("phone_number")).isFalse();
  }

  @Test
  void aNumberInAnAttributeAloneIsNoClaimWhateverOtherMappersSay() {
    ClientRepresentation client = client("demo-app");
    List<ProtocolMapperRepresentation> mappers =
        Stream.of(
                "phoneNumber:phone_number:String",
                "phoneNumberVerified:phone_number_verified:boolean")
            .map(ClaimsIT::attributeMapper)
            .toList();
    realm.admin().clients().get(client.getId()).getProtocolMappers().createMapper(mappers);
    TestUser user = TestUser.withoutNumber(realm.admin(), TestFactors.totp());
    UserRepresentation forged = user.admin().toRepresentation();
    forged.singleAttribute("phoneNumber", user.number());
    forged.singleAttribute("phoneNumberVerified", "true");
    user.admin().update(forged);
    try {
      browser.open().enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
      browser.enter(Map.of("otp", TestFactors.totpCode()), "login");
      JsonNode believed = Tokens.of(browser).id();
      // So the other mappers do what they say, and it is ours that takes it back
      assertThat(believed.path("phone_number").asText()).isEqualTo(user.number());
      assertThat(believed.path("phone_number_verified").asBoolean()).isTrue();

      browser.open("scope", PHONE);

      Tokens tokens = Tokens.of(browser);
      for (JsonNode claims : List.of(tokens.id(), tokens.access(), tokens.userInfo())) {
        assertThat(claims.has("phone_number")).isFalse();
        assertThat(claims.has("phone_number_verified")).isFalse();
      }
    } finally {
      realm.admin().clients().get(client.getId()).getProtocolMappers().getMappers().stream()
          .filter(it -> it.getName().startsWith("from attribute"))
          .forEach(
              it ->
                  realm
                      .admin()
                      .clients()
                      .get(client.getId())
                      .getProtocolMappers()
                      .delete(it.getId()));
    }
  }

  @Test
  void anAuthenticatorApplicationIsOtpAndNoSms() {
    TestUser user = TestUser.withoutNumber(realm.admin(), TestFactors.totp());
    signIn(user).enter(Map.of("otp", TestFactors.totpCode()), "login");

    assertThat(Tokens.of(browser).methods()).containsExactly("pwd", "otp", "mfa");
  }

  @Test
  void aRecoveryCodeIsAnotherFactorWithoutANameOfItsOwn() {
    TestUser user = TestUser.withoutNumber(realm.admin(), TestFactors.recoveryCodes());
    signIn(user).enter(Map.of("recoveryCodeInput", TestFactors.RECOVERY_CODE), "login");

    assertThat(Tokens.of(browser).methods()).containsExactly("pwd", "mfa");
  }

  @Test
  void aNumberSetUpOnTheWayInIsNoSecondFactorUntilTheNextLogin() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    signIn(user).enterNumber("EE", user.number());
    browser.enterCode(user.code(1));
    assertThat(Tokens.of(browser).methods()).containsExactly("pwd", "sms");

    try (TestBrowser next = new TestBrowser()) {
      next.signIn(user).enterCode(user.code(2));

      assertThat(Tokens.of(next).methods()).containsExactly("pwd", "sms", "mfa");
    }
  }

  @Test
  void aNumberChangedAfterItsCodeWasEnteredTakesNothingAway() {
    TestUser user = TestUser.withNumber(realm.admin());
    String other = TestUser.anotherNumber();
    signIn(user).enterCode(user.code(1));
    browser.open("kc_action", "smspm-phone-number").enterNumber("EE", other);
    browser.enterCode(TestUser.codeTo(other, 1));

    assertThat(Tokens.of(browser).methods()).containsExactly("pwd", "sms", "mfa");
  }

  @Test
  void anotherApplicationInTheSameSessionIsToldTheSame() {
    TestUser user = TestUser.withNumber(realm.admin());
    signIn(user).enterCode(user.code(1));
    assertThat(browser.isLoggedIn()).isTrue();

    browser.open("client_id", "demo-any-factor");

    assertThat(Tokens.of(browser, "demo-any-factor").methods())
        .containsExactly("pwd", "sms", "mfa");
    assertThat(user.messages()).isEqualTo(1);
  }

  @Test
  void whatMayHaveBeenAPasskeyIsNotCalledAPassword() {
    passkeysInForms(true);
    try {
      TestUser user = TestUser.withNumber(realm.admin());
      signIn(user).enterCode(user.code(1));

      assertThat(Tokens.of(browser).methods()).containsExactly("sms", "mfa");
    } finally {
      passkeysInForms(false);
    }
  }

  private TestBrowser signIn(TestUser user) {
    return browser
        .open("scope", PHONE)
        .enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
  }

  private void passkeysInForms(boolean on) {
    var settings = realm.admin().toRepresentation();
    settings.setWebAuthnPolicyPasswordlessPasskeysEnabled(on);
    realm.admin().update(settings);
  }

  private ClientRepresentation client(String id) {
    return realm.admin().clients().findByClientId(id).get(0);
  }

  private void resourceServer() {
    ClientRepresentation client = new ClientRepresentation();
    client.setClientId("resource-server");
    client.setSecret("secret");
    client.setPublicClient(false);
    realm.admin().clients().create(client).close();
    // Whoever asks about a token must be meant by it, since Keycloak 26.7
    ProtocolMapperRepresentation audience = new ProtocolMapperRepresentation();
    audience.setName("audience");
    audience.setProtocol("openid-connect");
    audience.setProtocolMapper("oidc-audience-mapper");
    audience.setConfig(
        Map.of("included.client.audience", "resource-server", "access.token.claim", "true"));
    realm
        .admin()
        .clients()
        .get(client("demo-app").getId())
        .getProtocolMappers()
        .createMapper(audience)
        .close();
  }

  /**
   * @param what attribute, claim and type, between colons
   */
  private static ProtocolMapperRepresentation attributeMapper(String what) {
    String[] parts = what.split(":");
    ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
    mapper.setName("from attribute " + parts[0]);
    mapper.setProtocol("openid-connect");
    mapper.setProtocolMapper("oidc-usermodel-attribute-mapper");
    Map<String, String> config =
        new HashMap<>(
            Map.of(
                "user.attribute", parts[0],
                "claim.name", parts[1],
                "jsonType.label", parts[2]));
    for (String token : List.of("id", "access", "userinfo", "introspection")) {
      config.put(token + ".token.claim", "true");
    }
    mapper.setConfig(config);
    return mapper;
  }
}
