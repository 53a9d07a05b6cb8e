package com.smspm.keycloak.bench;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One login over HTTP, as a browser without scripts does it: no more, so that little is added. */
final class BenchLogin {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]*/login-actions/[^\"]*)\"");

  private static final Pattern DELIVERY = Pattern.compile("data-path=\"([^\"]*)\"");
  private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z]+)\"");

  /** Of RFC 7636, appendix B: any will do, since nobody redeems the code. */
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final BenchRealm.User user;
  private String action;
  private String location = "";
  private String delivery = "";
  private double pageMillis;

  private BenchLogin(BenchRealm.User user) {
    this.user = user;
  }

  /** From the login page to what follows the password. */
  static BenchLogin signIn(BenchRealm.User user) throws IOException, InterruptedException {
    BenchLogin login = new BenchLogin(user);
    login.send(
        HttpRequest.newBuilder(
            URI.create(
                BenchServer.URL
                    + "/realms/"
                    + user.realm().name()
                    + "/protocol/openid-connect/auth?client_id=app&response_type=code&scope=openid"
                    + "&code_challenge_method=S256&code_challenge="
                    + CHALLENGE
                    + "&redirect_uri="
                    + encode(BenchRealm.APPLICATION))));
    long start = System.nanoTime();
    String page = login.post(Map.of("username", user.name(), "password", BenchRealm.PASSWORD));
    login.pageMillis = (System.nanoTime() - start) / 1e6;
    String expected =
        switch (user.realm().kind()) {
          case SMS -> "name=\"code\"";
          case TOTP -> "name=\"otp\"";
          case PASSWORD_ONLY -> "";
        };
    if (!page.contains(expected)) {
      throw new IllegalStateException("no page with " + expected + " for " + user.name());
    }
    return login;
  }

  /** From the POST of the password to the whole of what answers it. */
  double pageMillis() {
    return pageMillis;
  }

  /** What became of the message, as the page learns it; nothing where the page said all of it. */
  Optional<String> deliveryState() throws IOException, InterruptedException {
    if (delivery.isEmpty()) {
      return Optional.empty();
    }
    Matcher state =
        STATE.matcher(send(HttpRequest.newBuilder(URI.create(BenchServer.URL + delivery))));
    return state.find() ? Optional.of(state.group(1)) : Optional.empty();
  }

  BenchLogin enterCode(String code) throws IOException, InterruptedException {
    post(Map.of(user.realm().kind() == BenchRealm.Kind.SMS ? "code" : "otp", code));
    return this;
  }

  /**
   * @throws IllegalStateException when this login did not lead to the application
   */
  void mustBeComplete() {
    if (!location.startsWith(BenchRealm.APPLICATION) || !location.contains("code=")) {
      throw new IllegalStateException(user.name() + " is not logged in");
    }
  }

  private String post(Map<String, String> fields) throws IOException, InterruptedException {
    String form =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(URI.create(action))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> answer =
        CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    List<String> set = answer.headers().allValues("Set-Cookie");
    for (String cookie : set) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    location = answer.headers().firstValue("Location").orElse("");
    Matcher path = DELIVERY.matcher(answer.body());
    if (path.find()) {
      delivery = path.group(1);
    }
    Matcher form = ACTION.matcher(answer.body());
    if (form.find()) {
      action = form.group(1).replace("&amp;", "&");
    }
    return answer.body();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
