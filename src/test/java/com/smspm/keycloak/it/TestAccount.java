package com.smspm.keycloak.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.util.JsonSerialization;

/** What the account console asks and does in the name of a user. */
record TestAccount(String token) {

  private static final String PROFILE =
      "http://localhost:8080/realms/" + DemoRealm.NAME + "/account";
  private static final String CREDENTIALS = PROFILE + "/credentials";

  /** By Keycloak's own flow, where a password is enough. */
  static void allowPasswordGrant(RealmResource realm) {
    RealmRepresentation settings = realm.toRepresentation();
    settings.setDirectGrantFlow("direct grant");
    realm.update(settings);
    TestFlows.allowPasswordGrant(realm);
  }

  static TestAccount of(TestUser user) throws Exception {
    JsonNode answer = JsonSerialization.mapper.readTree(TestFlows.directGrant(user));
    return new TestAccount(answer.path("access_token").asText());
  }

  /** The number's type among those that the console lists. */
  JsonNode type() throws Exception {
    return type("smspm-phone");
  }

  JsonNode type(String name) throws Exception {
    HttpResponse<String> answer = send(request("").GET());
    for (JsonNode type : JsonSerialization.mapper.readTree(answer.body())) {
      if (type.path("type").asText().equals(name)) {
        return type;
      }
    }
    throw new AssertionError(answer.statusCode() + " without our type: " + answer.body());
  }

  /** The number of the user. */
  JsonNode phone() throws Exception {
    return type().path("userCredentialMetadatas").path(0).path("credential");
  }

  /** Deletes a credential, and returns the status. */
  int delete(String id) throws Exception {
    return send(request("/" + id).DELETE()).statusCode();
  }

  /** The profile, as the console gets and sends it. */
  ObjectNode profile() throws Exception {
    return (ObjectNode) JsonSerialization.mapper.readTree(send(at(PROFILE).GET()).body());
  }

  /** Saves a profile, and returns the status. */
  int save(JsonNode profile) throws Exception {
    return send(saving(profile)).statusCode();
  }

  /** The body that a profile is refused with. */
  JsonNode refusal(JsonNode profile) throws Exception {
    HttpResponse<String> answer = send(saving(profile));
    if (answer.statusCode() != 400) {
      throw new AssertionError("not refused: " + answer.statusCode());
    }
    return JsonSerialization.mapper.readTree(answer.body());
  }

  private HttpRequest.Builder saving(JsonNode profile) {
    return at(PROFILE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(profile.toString()));
  }

  private HttpRequest.Builder request(String path) {
    return at(CREDENTIALS + path);
  }

  private HttpRequest.Builder at(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
