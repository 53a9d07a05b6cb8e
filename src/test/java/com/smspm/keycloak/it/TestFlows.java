package com.smspm.keycloak.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionConfigRepresentation;

/** What an admin does to flows. */
final class TestFlows {

  private static final String BROWSER = "browser with SMS";
  private static final String GRANT = "direct grant with SMS";

  private TestFlows() {}

  /** Sets one setting of the first code step in the browser flow. */
  static void configureStep(RealmResource realm, String setting, String value) {
    AuthenticationExecutionInfoRepresentation step = codeStep(realm, BROWSER);
    AuthenticatorConfigRepresentation config =
        realm.flows().getAuthenticatorConfig(step.getAuthenticationConfig());
    Map<String, String> settings = new HashMap<>(config.getConfig());
    settings.put(setting, value);
    config.setConfig(settings);
    realm.flows().updateAuthenticatorConfig(config.getId(), config);
  }

  /** Sets the settings of the realm, those behind the gear of the required action. */
  static void configureRealm(RealmResource realm, Map<String, String> settings) {
    RequiredActionConfigRepresentation config = new RequiredActionConfigRepresentation();
    config.setConfig(new HashMap<>(settings));
    realm.flows().updateRequiredActionConfig("smspm-phone-number", config);
  }

  private static AuthenticationExecutionInfoRepresentation codeStep(
      RealmResource realm, String flow) {
    return realm.flows().getExecutions(flow).stream()
        .filter(execution -> "smspm-code".equals(execution.getProviderId()))
        .findFirst()
        .orElseThrow();
  }

  /** Adds the step to a copy of the direct grant flow, for the demo application. */
  static void requireCodeInDirectGrant(RealmResource realm) {
    realm.flows().copy("direct grant", Map.of("newName", GRANT)).close();
    realm.flows().addExecution(GRANT, Map.of("provider", "smspm-code"));
    AuthenticationExecutionInfoRepresentation step = codeStep(realm, GRANT);
    step.setRequirement("REQUIRED");
    realm.flows().updateExecutions(GRANT, step);
    RealmRepresentation settings = realm.toRepresentation();
    settings.setDirectGrantFlow(GRANT);
    realm.update(settings);
    allowPasswordGrant(realm);
  }

  /** Lets the demo application ask with a password, by whatever flow the realm has for that. */
  static void allowPasswordGrant(RealmResource realm) {
    ClientRepresentation client = realm.clients().findByClientId("demo-app").get(0);
    client.setDirectAccessGrantsEnabled(true);
    realm.clients().get(client.getId()).update(client);
  }

  /** The body that a password grant is answered with. */
  static String directGrant(TestUser user) throws Exception {
    return directGrant(user, "");
  }

  /**
   * @param more further parameters, each after an ampersand
   */
  static String directGrant(TestUser user, String more) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:8080/realms/"
                        + DemoRealm.NAME
                        + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "grant_type=password&client_id=demo-app&username="
                        + user.name()
                        + "&password="
                        + TestUser.PASSWORD
                        + more))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
