package com.smspm.keycloak.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sends forms, and sees all that comes back: status, headers, cookies, bytes, and how long it took.
 */
final class RawBrowser {

  /**
   * One answer.
   *
   * @param headers with their values, but of cookies and dates only the names and attributes
   * @param nanos until the last byte had come
   */
  record Answer(int status, SortedMap<String, List<String>> headers, String body, long nanos) {

    /** What is another in each answer: ids, hashes, and seconds that pass. */
    private static final Map<String, String> NONCES =
        Map.of(
            "session_code=[^&\"]*", "session_code=…",
            "tab_id=[^&\"]*", "tab_id=…",
            "client_data=[^&\"]*", "client_data=…",
            "data-seconds=\"\\d+\"", "data-seconds=\"…\"",
            "\\d+:\\d\\d", "…:…",
            "(checkAuthSession|startSessionPolling)\\(\\s*\"[^\"]*\"", "$1(\"…\"",
            "auth_session_id=[^&\"]*", "auth_session_id=…",
            "wait \\d+ seconds|wait one second", "wait … seconds");

    /** The page without nonces, and without what was typed. */
    String page(String typed) {
      String page = body.replace(typed, "TYPED");
      for (Map.Entry<String, String> nonce : NONCES.entrySet()) {
        page = page.replaceAll(nonce.getKey(), nonce.getValue());
      }
      return page;
    }

    /** Everything that a client can tell apart. */
    String whole(String typed) {
      return status + "\n" + headers + "\n" + page(typed);
    }
  }

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
  private static final Pattern RESET = Pattern.compile("href=\"([^\"]+reset-credentials[^\"]*)\"");

  private final Map<String, String> cookies = new TreeMap<>();
  private String action;
  private Answer last;

  Answer open() {
    return get(TestBrowser.authorization());
  }

  Answer forgotPassword() {
    return get("http://localhost:8080" + first(RESET).replaceAll("^https?://[^/]+", ""));
  }

  /** As a browser with JavaScript refreshes. */
  Answer refresh() {
    return get(action.replaceAll("session_code=[^&]*&", ""));
  }

  Answer get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).GET());
  }

  Answer post(Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(URI.create(action))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private String first(Pattern pattern) {
    Matcher matcher = pattern.matcher(last.body());
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + last.body());
    }
    return matcher.group(1).replace("&amp;", "&");
  }

  private Answer send(HttpRequest.Builder request) {
    String sent =
        cookies.entrySet().stream()
            .map(it -> it.getKey() + "=" + it.getValue())
            .collect(Collectors.joining("; "));
    if (!sent.isEmpty()) {
      request.header("Cookie", sent);
    }
    try {
      long start = System.nanoTime();
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      long nanos = System.nanoTime() - start;
      response.headers().allValues("set-cookie").forEach(this::keep);
      last = new Answer(response.statusCode(), headers(response), response.body(), nanos);
      Matcher form = ACTION.matcher(response.body());
      if (form.find()) {
        action = form.group(1).replace("&amp;", "&");
      }
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void keep(String cookie) {
    String pair = cookie.split(";", 2)[0];
    int equals = pair.indexOf('=');
    cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  private static SortedMap<String, List<String>> headers(HttpResponse<?> response) {
    SortedMap<String, List<String>> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) ->
                headers.put(
                    name,
                    values.stream()
                        .map(
                            it ->
                                switch (name) {
                                  case "set-cookie" -> it.replaceAll("=[^;]*;", "=…;");
                                  case "date", "content-length" -> "…";
                                  default -> it;
                                })
                        .sorted()
                        .toList()));
    return headers;
  }
}
