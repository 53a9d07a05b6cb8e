package com.smspm.keycloak.it;

import java.util.List;
import java.util.Map;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Another realm of the same server, as an identity provider, with one user of its own. */
record TestPartner(Keycloak admin, RealmResource realm) {

  private static final String ALIAS = "partner";
  private static final String STRANGER = "stranger";
  private static final String SECRET = "only-for-these-tests";
  private static final String ENDPOINTS =
      "http://localhost:8080/realms/" + ALIAS + "/protocol/openid-connect/";

  /**
   * @param user whose mail address the stranger claims
   */
  static TestPartner of(Keycloak admin, RealmResource realm, TestUser user) {
    CredentialRepresentation password = new CredentialRepresentation();
    password.setType(CredentialRepresentation.PASSWORD);
    password.setValue(TestUser.PASSWORD);
    UserRepresentation stranger = new UserRepresentation();
    stranger.setUsername(STRANGER);
    stranger.setEmail(user.name() + "@example.com");
    stranger.setFirstName("Some");
    stranger.setLastName("Stranger");
    stranger.setEnabled(true);
    stranger.setCredentials(List.of(password));
    ClientRepresentation client = new ClientRepresentation();
    client.setClientId(DemoRealm.NAME);
    client.setSecret(SECRET);
    client.setRedirectUris(List.of("http://localhost:8080/realms/" + DemoRealm.NAME + "/*"));
    RealmRepresentation partner = new RealmRepresentation();
    partner.setRealm(ALIAS);
    partner.setEnabled(true);
    partner.setUsers(List.of(stranger));
    partner.setClients(List.of(client));
    admin.realms().create(partner);
    IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
    provider.setAlias(ALIAS);
    provider.setProviderId("oidc");
    provider.setEnabled(true);
    provider.setFirstBrokerLoginFlowAlias("first broker login");
    provider.setConfig(
        Map.of(
            "clientId",
            DemoRealm.NAME,
            "clientSecret",
            SECRET,
            "clientAuthMethod",
            "client_secret_post",
            "authorizationUrl",
            ENDPOINTS + "auth",
            "tokenUrl",
            ENDPOINTS + "token",
            "jwksUrl",
            ENDPOINTS + "certs",
            "useJwksUrl",
            "true",
            "validateSignature",
            "true",
            "defaultScope",
            "openid profile email"));
    realm.identityProviders().create(provider).close();
    return new TestPartner(admin, realm);
  }

  /** From the application to the provider, and back with the stranger's identity. */
  void signIn(TestBrowser browser) {
    browser
        .open("kc_idp_hint", ALIAS)
        .enter(Map.of("username", STRANGER, "password", TestUser.PASSWORD), "login");
  }

  void remove() {
    realm.identityProviders().get(ALIAS).remove();
    admin.realm(ALIAS).remove();
  }
}
