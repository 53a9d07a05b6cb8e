package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;

/** What the two consoles and imports do with a number, through the REST faces that they use. */
@KeycloakIntegrationTest(config = TestServer.class)
class ConsolesIT {

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  @BeforeEach
  void theDemoApplicationMayAskForTokensByPassword() {
    TestAccount.allowPasswordGrant(realm.admin());
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void bothConsolesShowTheNumberMasked() throws Exception {
    TestUser user = TestUser.withNumber(realm.admin());
    String masked = "+372 •••• " + user.number().substring(9);

    JsonNode account = TestAccount.of(user).phone();

    assertThat(account.path("userLabel").asText()).isEqualTo(masked);
    assertThat(user.phones())
        .extracting(CredentialRepresentation::getUserLabel)
        .containsExactly(masked);
    assertThat(user.phones().get(0).getSecretData()).isNull();
  }

  @Test
  void theAccountConsoleOffersToSetUpANumberAndToRemoveIt() throws Exception {
    JsonNode type = TestAccount.of(TestUser.withoutNumber(realm.admin())).type();

    assertThat(type.path("createAction").asText()).isEqualTo("smspm-phone-number");
    assertThat(type.path("removeable").asBoolean()).isTrue();
    assertThat(type.path("category").asText()).isEqualTo("two-factor");
    assertThat(type.path("userCredentialMetadatas")).isEmpty();
  }

  @Test
  void aNumberDeletedThroughTheAccountTakesItsAttributesAlongAndIsTold() throws Exception {
    TestUser user = TestUser.withNumber(realm.admin());
    assertThat(user.attribute("phoneNumber")).isEqualTo(user.number());
    TestAccount account = TestAccount.of(user);

    assertThat(account.delete(account.phone().path("id").asText())).isEqualTo(204);

    assertThatTheNumberIsGone(user);
  }

  @Test
  void aNumberDeletedByKeycloaksOwnActionTakesItsAttributesAlongAndIsTold() {
    TestUser user = TestUser.withNumber(realm.admin());
    String credential = user.phones().get(0).getId();
    browser.signIn(user).enterCode(user.code(1));

    browser.open("kc_action", "delete_credential:" + credential);
    assertThat(browser.text()).contains("•••• " + user.number().substring(9));
    browser.press("accept");

    assertThat(browser.url().getQuery()).contains("kc_action_status=success");
    assertThatTheNumberIsGone(user);
  }

  @Test
  void aNumberInAnImportedRealmIsAskedForAndMirrored() {
    UserRepresentation alice = realm.admin().users().search("alice", true).get(0);
    TestUser user = new TestUser(realm.admin(), alice.getId(), "alice", "+37256789045");

    assertThat(user.phones()).hasSize(1);
    assertThat(user.phones().get(0).getUserLabel()).isEqualTo("+372 •••• 045");
    assertThat(user.phones().get(0).getCreatedDate()).isPositive();
    assertThat(user.attribute("phoneNumber")).isEqualTo("+37256789045");
    assertThat(user.attribute("phoneNumberVerified")).isEqualTo("true");
  }

  @Test
  void aNumberAddedThroughTheAdminApiTakesThePlaceOfTheOneBefore() {
    TestUser user = TestUser.withNumber(realm.admin());
    String other = TestUser.anotherNumber();
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(TestUser.phone(other)));

    user.admin().update(update);

    assertThat(user.phones()).hasSize(1);
    assertThat(user.attribute("phoneNumber")).isEqualTo(other);
    assertThat(browser.signIn(user).enterCode(TestUser.codeTo(other, 1)).isLoggedIn()).isTrue();
    // No code: the old number is told, once
    assertThat(user.awaitedMessages(1)).isEqualTo(1);
    assertThat(TestServer.SIMULATOR.messagesTo(user.number()).get(0).text())
        .contains("was changed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"phoneNumber\":\"56789045\",\"verifiedAt\":1767225600}",
        "{\"phoneNumber\":\"\"}",
        "{}",
        "null",
        "+37256789045"
      })
  void whatIsNoNumberIsNotImported(String data) {
    TestUser user = TestUser.withoutNumber(realm.admin());
    CredentialRepresentation phone = TestUser.phone(user.number());
    phone.setCredentialData(data);
    UserRepresentation update = user.admin().toRepresentation();
    update.setCredentials(List.of(phone));

    assertThatThrownBy(() -> user.admin().update(update))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refusal -> {
              try (Response response = refusal.getResponse()) {
                assertThat(response.readEntity(String.class)).doesNotContain("56789045");
              }
            });
    assertThat(user.phones()).isEmpty();
    assertThat(user.attribute("phoneNumber")).isNull();
  }

  private void assertThatTheNumberIsGone(TestUser user) {
    assertThat(user.phones()).isEmpty();
    assertThat(user.attribute("phoneNumber")).isNull();
    assertThat(user.attribute("phoneNumberVerified")).isNull();
    List<EventRepresentation> events =
        realm
            .admin()
            .getEvents(List.of("REMOVE_CREDENTIAL"), null, user.id(), null, null, null, null, null);
    assertThat(events)
        .singleElement()
        .satisfies(
            it -> assertThat(it.getDetails()).containsEntry("credential_type", "smspm-phone"));
  }
}
