package com.smspm.keycloak.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One login over HTTP, as a browser without scripts does it: no more, so that little is added. */
final class BenchLogin {

  /** Kept open, and as many as there are logins at a time. */
  private static final Deque<Connection> IDLE = new ConcurrentLinkedDeque<>();

  private static final Pattern ACTION =
      Pattern.compile("action=\"(?:" + BenchServer.URL + ")?(/[^\"]*/login-actions/[^\"]*)\"");

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
  static BenchLogin signIn(BenchRealm.User user) throws IOException {
    BenchLogin login = new BenchLogin(user);
    login.get(
        "/realms/"
            + user.realm().name()
            + "/protocol/openid-connect/auth?client_id=app&response_type=code&scope=openid"
            + "&code_challenge_method=S256&code_challenge="
            + CHALLENGE
            + "&redirect_uri="
            + encode(BenchRealm.APPLICATION));
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
  Optional<String> deliveryState() throws IOException {
    if (delivery.isEmpty()) {
      return Optional.empty();
    }
    Matcher state = STATE.matcher(get(delivery));
    return state.find() ? Optional.of(state.group(1)) : Optional.empty();
  }

  BenchLogin enterCode(String code) throws IOException {
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

  private String post(Map<String, String> fields) throws IOException {
    String form =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return read(connection -> connection.post(action, header(), form));
  }

  private String get(String target) throws IOException {
    return read(connection -> connection.get(target, header()));
  }

  private String header() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private String read(Request request) throws IOException {
    Connection idle = IDLE.pollFirst();
    Connection connection = idle == null ? new Connection() : idle;
    Connection.Answer answer = request.send(connection);
    IDLE.addFirst(connection);
    for (String cookie : answer.cookies()) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    location = answer.location();
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

  /** What is asked over a connection. */
  private interface Request {
    Connection.Answer send(Connection connection) throws IOException;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
