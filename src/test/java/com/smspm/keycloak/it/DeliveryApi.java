package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What gateways and pages reach without a login. */
record DeliveryApi(int status, String type, String body) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z]+)\"");

  static String address(String what, String capability) {
    return "http://localhost:8080/realms/" + DemoRealm.NAME + "/smspm/" + what + "/" + capability;
  }

  /** As a gateway reports, in the words of either document. */
  static DeliveryApi report(Message message, String method, String status) {
    String to = message.to().substring(1);
    return method.equals("GET")
        ? get(message.report() + "?id=" + message.id() + "&status=" + status + "&toNumber=" + to)
        : post(
            message.report(),
            String.format(
                Locale.ROOT,
                "{\"messageId\":\"%s\",\"status\":\"%s\",\"to\":\"%s\",\"timestamp\":1795600000}",
                message.id(),
                status,
                to));
  }

  /** Signs in; returns the message once its gateway has taken it. */
  static Message sent(TestBrowser browser, TestUser user) {
    browser.signIn(user);
    user.code(1);
    String path = browser.deliveryPath();
    Eventually.holds(() -> state(path).equals("accepted"));
    return TestServer.SIMULATOR.messagesTo(user.number()).get(0);
  }

  static String status(String path) {
    return get("http://localhost:8080" + path).body();
  }

  static String state(String path) {
    Matcher state = STATE.matcher(status(path));
    return state.find() ? state.group(1) : "";
  }

  static DeliveryApi get(String address) {
    return send(HttpRequest.newBuilder(URI.create(address)).build());
  }

  static DeliveryApi post(String address, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** The one answer that every report gets. */
  DeliveryApi isPlainOk() {
    assertThat(status).isEqualTo(200);
    assertThat(type).startsWith("text/plain");
    assertThat(body).isEqualTo("OK");
    return this;
  }

  private static DeliveryApi send(HttpRequest request) {
    try {
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      String type = answer.headers().firstValue("Content-Type").orElse("");
      return new DeliveryApi(answer.statusCode(), type, answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
