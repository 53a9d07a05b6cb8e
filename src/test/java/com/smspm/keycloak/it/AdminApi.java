package com.smspm.keycloak.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.keycloak.admin.client.Keycloak;

/** What the extension adds to Keycloak's admin API. */
record AdminApi(Keycloak admin) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** The body of an answer, which must be a good one. */
  String get(String path) {
    HttpResponse<String> answer = send("GET", path, true);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode());
    }
    return answer.body();
  }

  /** The status that a removal is answered with. */
  int delete(String path) {
    return send("DELETE", path, true).statusCode();
  }

  int deleteAsNobody(String path) {
    return send("DELETE", path, false).statusCode();
  }

  private HttpResponse<String> send(String method, String path, boolean asAdmin) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:8080/admin/realms/" + DemoRealm.NAME + "/smspm/" + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (asAdmin) {
      request.header("Authorization", "Bearer " + admin.tokenManager().getAccessTokenString());
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
