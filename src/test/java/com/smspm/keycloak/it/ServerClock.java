package com.smspm.keycloak.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.common.util.Time;

/**
 * Moves the clock of the server and its caches, through what {@code @InjectTimeOffSet} installs
 * there; a test has that injected too. The test framework's own method keeps a connection for each
 * call and hangs after its twentieth.
 */
record ServerClock(Keycloak admin) {

  private static final URI ENDPOINT =
      URI.create("http://localhost:8080/realms/master/testing-timeoffset");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** To so many seconds after now, with an admin's token for that time. */
  void moveTo(int second) {
    Time.setOffset(second);
    String body = String.format(Locale.ROOT, "{\"offset\":%d,\"caches\":true}", second);
    HttpRequest request =
        HttpRequest.newBuilder(ENDPOINT)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      int status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      // It refuses to put a clock back that nobody has moved
      if (status / 100 != 2 && second != 0) {
        throw new AssertionError("the clock does not move: " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    admin.tokenManager().grantToken();
  }
}
