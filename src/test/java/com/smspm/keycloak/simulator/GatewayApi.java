package com.smspm.keycloak.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.smspm.keycloak.simulator.Behaviour.Answer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** SMSPM's own addresses: messages, balance and sender ids (API documents v2.0). */
final class GatewayApi {

  static final String HASH = "demo-hash";
  static final String TOKEN = "demo-token";

  private static final int MOST_NUMBERS = 100;

  private final MessageStore store;
  private final CountDownLatch closing;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Behaviour behaviour = Behaviour.NORMAL;

  GatewayApi(MessageStore store, CountDownLatch closing) {
    this.store = store;
    this.closing = closing;
  }

  void behave(Behaviour next) {
    behaviour = next;
  }

  int requests() {
    return requests.get();
  }

  void messages(HttpExchange exchange) throws IOException {
    // Before it is counted: who has seen it come may change what holds for the next one
    Behaviour now = behaviour;
    requests.incrementAndGet();
    JsonNode request;
    if (exchange.getRequestMethod().equals("POST")) {
      request = Exchange.JSON.readTree(exchange.getRequestBody());
    } else {
      request = Exchange.JSON.valueToTree(Exchange.query(exchange));
    }
    pause(now);
    if (!isAuthorised(exchange, request)) {
      return;
    }
    List<String> numbers = new ArrayList<>();
    JsonNode to = request.path("toNumber");
    if (to.isArray()) {
      to.forEach(number -> numbers.add(number.asText()));
    } else {
      numbers.add(to.asText());
    }
    if (numbers.size() > MOST_NUMBERS
        || numbers.stream().anyMatch(n -> !n.matches("\\+?[0-9]{7,15}"))) {
      error(exchange, 400, "Invalid phone number: " + to.asText());
      return;
    }
    answer(exchange, request, numbers, now);
  }

  private void answer(
      HttpExchange exchange, JsonNode request, List<String> numbers, Behaviour behaviour)
      throws IOException {
    String first = withPlus(numbers.get(0));
    Answer answer = MagicNumbers.answerFor(first, behaviour.answer());
    if (!answer.taken) {
      if (answer == Answer.TOO_MANY_FOR_A_SECOND) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      } else if (answer == Answer.BUSY) {
        exchange.getResponseHeaders().set("Retry-After", "60");
      }
      String type = answer == Answer.HTML ? "text/html" : "application/json";
      Exchange.text(exchange, answer.status, type, answer.body);
      return;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    String id = "";
    for (String number : numbers) {
      id = UUID.randomUUID().toString();
      store.add(
          new Message(
              id,
              withPlus(number),
              request.path("fromNumber").asText(),
              request.path("text").asText(),
              request.path("report").asText(),
              System.currentTimeMillis()));
      ObjectNode entry = list.addObject();
      entry.put("id", id).put("toNumber", number).put("status", "Added to queue");
    }
    if (answer == Answer.DOCUMENTS) {
      Exchange.json(exchange, 200, Map.of("messages", list));
    } else {
      Exchange.json(
          exchange,
          200,
          Map.of(
              "status",
              "success",
              "messageId",
              "msg_" + id,
              "parts",
              1,
              "cost",
              0.042,
              "currency",
              "EUR"));
    }
  }

  void balance(HttpExchange exchange) throws IOException {
    if (isAuthorised(exchange, Exchange.JSON.valueToTree(Exchange.query(exchange)))) {
      Exchange.json(exchange, 200, Map.of("balance", 12.3));
    }
  }

  void senderIds(HttpExchange exchange) throws IOException {
    if (isAuthorised(exchange, Exchange.JSON.valueToTree(Exchange.query(exchange)))) {
      Exchange.json(exchange, 200, Map.of("senders", List.of("smspm.com")));
    }
  }

  private static boolean isAuthorised(HttpExchange exchange, JsonNode request) throws IOException {
    for (String field : List.of("hash", "token")) {
      if (request.path(field).asText("").isEmpty()) {
        error(exchange, 400, (field.equals("hash") ? "Hash" : "Token") + " is required");
        return false;
      }
    }
    if (!request.path("hash").asText().equals(HASH)
        || !request.path("token").asText().equals(TOKEN)) {
      error(exchange, 401, "Unauthorized");
      return false;
    }
    return true;
  }

  private static void error(HttpExchange exchange, int status, String error) throws IOException {
    Exchange.json(exchange, status, Map.of("error", error));
  }

  private void pause(Behaviour behaviour) throws IOException {
    try {
      if (closing.await(behaviour.delayMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the simulator was stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the simulator was stopped", e);
    }
  }

  private static String withPlus(String number) {
    return number.startsWith("+") ? number : "+" + number;
  }
}
