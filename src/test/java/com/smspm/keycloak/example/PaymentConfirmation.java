package com.smspm.keycloak.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Has a logged-in user confirm a payment with a code by SMS, and believes only the ID token. */
public final class PaymentConfirmation {

  /** How far the clocks of this application and of Keycloak may be apart. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  /** Why a payment was not confirmed; for the log, not for the user. */
  public static final class NotConfirmed extends Exception {
    private static final long serialVersionUID = 1L;

    NotConfirmed(String reason) {
      super(reason);
    }
  }

  private record Pending(
      String payment, String subject, String nonce, String verifier, Instant asked) {}

  private final URI issuer;
  private final String client;
  private final String redirect;
  private final HttpClient http = HttpClient.newHttpClient();
  private final SecureRandom random = new SecureRandom();

  /** In a real application: in the user's session, and not for longer than some minutes. */
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();

  public PaymentConfirmation(URI issuer, String client, String redirect) {
    this.issuer = issuer;
    this.client = client;
    this.redirect = redirect;
  }

  /**
   * Where to send the browser.
   *
   * @param subject the claim {@code sub} of who is logged in, from this application's own session
   */
  public URI begin(String payment, String subject) throws NoSuchAlgorithmException {
    String state = unguessable();
    Pending mine = new Pending(payment, subject, unguessable(), unguessable(), Instant.now());
    pending.put(state, mine);
    byte[] challenge =
        MessageDigest.getInstance("SHA-256")
            .digest(mine.verifier().getBytes(StandardCharsets.US_ASCII));
    return URI.create(
        issuer
            + "/protocol/openid-connect/auth?"
            + form(
                Map.of(
                    "response_type",
                    "code",
                    "client_id",
                    client,
                    "redirect_uri",
                    redirect,
                    "scope",
                    "openid",
                    "state",
                    state,
                    "nonce",
                    mine.nonce(),
                    "code_challenge",
                    base64(challenge),
                    "code_challenge_method",
                    "S256",
                    "acr_values",
                    "sms")));
  }

  /**
   * Looks at what the browser has brought back.
   *
   * @param query the parameters of the redirect; whoever holds the browser can write any of them
   * @return the payment that is confirmed by this, once
   */
  public String finish(Map<String, String> query)
      throws NotConfirmed, IOException, InterruptedException {
    Pending mine = pending.remove(query.getOrDefault("state", ""));
    check(mine != null, "nothing was asked for, or it was answered already");
    check(query.containsKey("code"), "no code: " + query.get("error"));
    JsonNode token = redeem(query.get("code"), mine.verifier());
    check(token.path("iss").asText().equals(issuer.toString()), "iss");
    check(token.path("aud").asText().equals(client), "aud");
    check(token.path("nonce").asText().equals(mine.nonce()), "nonce");
    check(token.path("sub").asText().equals(mine.subject()), "sub: it was somebody else");
    check(token.path("exp").asLong() > Instant.now().minus(SKEW).getEpochSecond(), "exp");
    check(token.path("acr").asText().equals("sms"), "acr: no code was entered");
    check(
        token.path("auth_time").asLong() >= mine.asked().minus(SKEW).getEpochSecond(),
        "auth_time: the code was entered before this payment was there");
    return mine.payment();
  }

  /** Straight from Keycloak over TLS, so its signature need not be checked (OIDC Core §3.1.3.7). */
  private JsonNode redeem(String code, String verifier) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    form(
                        Map.of(
                            "grant_type", "authorization_code",
                            "client_id", client,
                            "redirect_uri", redirect,
                            "code", code,
                            "code_verifier", verifier))))
            .build();
    ObjectMapper json = new ObjectMapper();
    JsonNode answer =
        json.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    String[] parts = answer.path("id_token").asText().split("\\.");
    return parts.length < 2
        ? json.createObjectNode()
        : json.readTree(Base64.getUrlDecoder().decode(parts[1]));
  }

  private static void check(boolean holds, String reason) throws NotConfirmed {
    if (!holds) {
      throw new NotConfirmed(reason);
    }
  }

  private String unguessable() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return base64(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
