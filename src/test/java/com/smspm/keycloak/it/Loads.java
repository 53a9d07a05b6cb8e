package com.smspm.keycloak.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.util.JsonSerialization;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a browser's network panel shows. */
final class Loads {

  /**
   * One answer.
   *
   * @param bytes over the wire, headers included
   */
  record Load(String url, int status, long bytes, String cacheControl) {

    boolean isAsset() {
      return url.matches(".*/resources/.*/smspm[^/]*");
    }
  }

  private Loads() {}

  /** What came since this was asked last; data addresses are no answers of anybody. */
  static List<Load> since(Chromium browser) {
    Map<String, Load> loads = new LinkedHashMap<>();
    Map<String, Long> bytes = new HashMap<>();
    for (LogEntry entry : browser.driver().manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = message(entry);
      JsonNode parameters = message.path("params");
      String id = parameters.path("requestId").asText();
      switch (message.path("method").asText()) {
        case "Network.responseReceived" -> {
          JsonNode response = parameters.path("response");
          String url = response.path("url").asText();
          if (url.startsWith("http")) {
            loads.put(
                id,
                new Load(
                    url,
                    response.path("status").asInt(),
                    0,
                    header(response.path("headers"), "cache-control")));
          }
        }
        case "Network.loadingFinished" ->
            bytes.put(id, parameters.path("encodedDataLength").asLong());
        default -> {}
      }
    }
    return loads.entrySet().stream()
        .map(
            it ->
                new Load(
                    it.getValue().url(),
                    it.getValue().status(),
                    bytes.getOrDefault(it.getKey(), 0L),
                    it.getValue().cacheControl()))
        .toList();
  }

  private static String header(JsonNode headers, String name) {
    for (Map.Entry<String, JsonNode> header : headers.properties()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue().asText();
      }
    }
    return "";
  }

  private static JsonNode message(LogEntry entry) {
    try {
      return JsonSerialization.mapper.readTree(entry.getMessage()).path("message");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
