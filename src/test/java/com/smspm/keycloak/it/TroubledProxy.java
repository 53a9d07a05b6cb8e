package com.smspm.keycloak.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a page finds where it asks what became of its message, while a proxy has trouble with the
 * servers behind it.
 */
final class TroubledProxy implements AutoCloseable {

  /** In place of a status: no answer, before {@link #answerLate}. */
  static final int HANGS = 0;

  private final int[] statuses;
  private final AtomicInteger questions = new AtomicInteger();
  private final Queue<HttpExchange> hanging = new ConcurrentLinkedQueue<>();
  private final HttpServer server;

  /**
   * @param statuses of the answers, one after the other; the last one for all that follow. With 200
   *     comes that the message was delivered
   */
  TroubledProxy(int... statuses) {
    this.statuses = statuses;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** Has a page ask here. */
  String script() {
    return String.format(
        Locale.ROOT,
        "const server = window.fetch;"
            + "window.fetch = (path, options) => server('http://127.0.0.1:%d' + path, options);",
        server.getAddress().getPort());
  }

  int questions() {
    return questions.get();
  }

  /** What was true when it was asked: that the message was on its way. */
  void answerLate() throws IOException {
    for (HttpExchange exchange = hanging.poll(); exchange != null; exchange = hanging.poll()) {
      answer(exchange, 200, "accepted");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    int status = statuses[Math.min(questions.getAndIncrement(), statuses.length - 1)];
    if (status == HANGS) {
      hanging.add(exchange);
    } else {
      answer(exchange, status, "delivered");
    }
  }

  private static void answer(HttpExchange exchange, int status, String state) throws IOException {
    String body =
        status == 200
            ? "{\"state\":\"" + state + "\",\"complete\":" + state.equals("delivered") + "}"
            : "<h1>" + status + "</h1>";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
