package com.smspm.keycloak.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.util.JsonSerialization;

/** What an application gets for the code that a login has brought it. */
record Tokens(JsonNode answer) {

  private static final String ENDPOINT =
      "http://localhost:8080/realms/" + DemoRealm.NAME + "/protocol/openid-connect/";

  /** Belongs to the challenge in {@link TestBrowser#authorization}: RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  /** Redeems the code in the address that a browser has come back to. */
  static Tokens of(TestBrowser browser, String client) {
    return of(browser.url().getQuery(), client);
  }

  static Tokens of(TestBrowser browser) {
    return of(browser, "demo-app");
  }

  private static Tokens of(String query, String client) {
    String code = query.replaceAll(".*\\bcode=([^&]*).*", "$1");
    return new Tokens(
        post(
            "token",
            Map.of(
                "grant_type", "authorization_code",
                "client_id", client,
                "redirect_uri", DemoRealm.APPLICATION,
                "code", code,
                "code_verifier", VERIFIER)));
  }

  /** The claims of the ID token. */
  JsonNode id() {
    return claims(answer.path("id_token").asText());
  }

  /** The claims of the access token. */
  JsonNode access() {
    return claims(answer.path("access_token").asText());
  }

  JsonNode userInfo() {
    return send(
        HttpRequest.newBuilder(URI.create(ENDPOINT + "userinfo"))
            .header("Authorization", "Bearer " + answer.path("access_token").asText())
            .build());
  }

  /** What a resource server is told, which authenticates as a client with this secret. */
  JsonNode introspectedBy(String client, String secret) {
    return post(
        "token/introspect",
        Map.of(
            "token", answer.path("access_token").asText(),
            "client_id", client,
            "client_secret", secret));
  }

  /** New tokens for the refresh token. */
  Tokens refreshed(String client) {
    return new Tokens(
        post(
            "token",
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                client,
                "refresh_token",
                answer.path("refresh_token").asText())));
  }

  /** The methods of the ID token. */
  List<String> methods() {
    List<String> methods = new ArrayList<>();
    id().path("amr").forEach(method -> methods.add(method.asText()));
    return methods;
  }

  private static JsonNode claims(String token) {
    try {
      return JsonSerialization.mapper.readTree(
          Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode post(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(URI.create(ENDPOINT + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(response.statusCode() + ": " + response.body());
      }
      return JsonSerialization.mapper.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
