package com.smspm.keycloak.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Stands in for SMSPM: the same wire formats on a real socket, an inbox page to read the messages,
 * and a small REST face under {@code /_simulator/} for tests. The account is {@code demo-hash},
 * {@code demo-token}; see {@link MagicNumbers} for numbers that cause trouble.
 */
public final class SmspmSimulator implements AutoCloseable {

  static {
    // Else the second packet of an answer waits until the first is acknowledged, for 40 ms at times
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final Map<String, String> PAGES =
      Map.of(
          "/inbox", "inbox.html",
          "/inbox.css", "inbox.css",
          "/inbox.js", "inbox.js",
          "/app", "app.html",
          "/app.js", "app.js");

  private static final int TARGETS_KEPT = 10_000;

  private final BlockingQueue<String> targets = new LinkedBlockingQueue<>(TARGETS_KEPT);
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final MessageStore store = new MessageStore();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final GatewayApi gateway = new GatewayApi(store, closing);

  /** A request goes to the thread that did something last: it takes little from who is measured. */
  private final ExecutorService threads = Executors.newCachedThreadPool(SmspmSimulator::daemon);

  private final HttpServer server;

  private SmspmSimulator(InetSocketAddress address) throws IOException {
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/", guarded(this::root));
    server.createContext("/balance", guarded(gateway::balance));
    server.createContext("/sender-ids", guarded(gateway::senderIds));
    server.createContext("/_simulator/messages", guarded(this::messages));
    server.createContext("/_simulator/behaviour", guarded(this::behaviour));
    server.createContext("/_simulator/reports", guarded(this::report));
    server.start();
  }

  /** Starts on loopback. */
  public static SmspmSimulator start(int port) {
    return start(InetAddress.getLoopbackAddress().getHostAddress(), port);
  }

  /**
   * @param port 0 for a free one
   * @throws UncheckedIOException when the port is taken
   */
  public static SmspmSimulator start(String host, int port) {
    try {
      return new SmspmSimulator(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + ": " + e.getMessage(), e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** What the extension's option {@code endpoint} is set to. */
  public String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  /** The messages to a number, the newest first. */
  public List<Message> messagesTo(String number) {
    return store.to(number);
  }

  /**
   * Waits for so many messages to a number, and returns what is there when they have come or not.
   */
  public List<Message> awaitMessagesTo(String number, int count, Duration atMost) {
    try {
      return store.await(number, count, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public void clear() {
    store.clear();
  }

  public void behave(Behaviour behaviour) {
    gateway.behave(behaviour);
  }

  /** How many requests for messages came, whatever became of them. */
  public int requests() {
    return gateway.requests();
  }

  /** How many connections requests have come through; each has a port of its own. */
  public int connections() {
    return connections.size();
  }

  /** What was asked for, as {@code METHOD target}: the first ten thousand requests. */
  public List<String> targets() {
    return List.copyOf(targets);
  }

  private void root(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean visit =
        exchange.getRequestMethod().equals("GET") && exchange.getRequestURI().getQuery() == null;
    if (path.equals("/") && visit) {
      exchange.getResponseHeaders().set("Location", "/inbox");
      Exchange.text(exchange, 302, "text/plain", "");
    } else if (path.equals("/")) {
      gateway.messages(exchange);
    } else if (PAGES.containsKey(path)) {
      page(exchange, PAGES.get(path));
    } else {
      Exchange.text(exchange, 404, "text/plain", "Not found");
    }
  }

  private static void page(HttpExchange exchange, String file) throws IOException {
    String type =
        file.endsWith(".js")
            ? "text/javascript"
            : file.endsWith(".css") ? "text/css" : "text/html; charset=utf-8";
    try (InputStream in = SmspmSimulator.class.getResourceAsStream(file)) {
      Exchange.send(exchange, 200, type, in.readAllBytes());
    }
  }

  private void messages(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("DELETE")) {
      store.clear();
      Exchange.text(exchange, 204, "text/plain", "");
      return;
    }
    String to = Exchange.query(exchange).get("to");
    Exchange.json(exchange, 200, to == null ? store.all() : store.to(to));
  }

  private void behaviour(HttpExchange exchange) throws IOException {
    gateway.behave(Exchange.JSON.readValue(exchange.getRequestBody(), Behaviour.class));
    Exchange.text(exchange, 204, "text/plain", "");
  }

  /**
   * Tells a message's sender what became of it: {@code {"id":…,"status":…,"form":"GET"|"POST"}}.
   */
  private void report(HttpExchange exchange) throws IOException {
    var request = Exchange.JSON.readTree(exchange.getRequestBody());
    var message = store.byId(request.path("id").asText());
    if (message.isEmpty() || message.get().report().isEmpty()) {
      Exchange.text(exchange, 404, "text/plain", "No such message, or it wants no report");
      return;
    }
    String status = request.path("status").asText("delivered");
    try {
      int answer =
          HttpClient.newHttpClient()
              .send(
                  reportRequest(message.get(), status, request.path("form").asText("GET")),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
      Exchange.json(exchange, 200, Map.of("status", answer));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static HttpRequest reportRequest(Message message, String status, String form)
      throws IOException {
    String to = message.to().substring(1);
    if (form.equals("POST")) {
      String body =
          Exchange.JSON.writeValueAsString(
              Map.of(
                  "messageId",
                  message.id(),
                  "status",
                  status,
                  "to",
                  to,
                  "timestamp",
                  System.currentTimeMillis() / 1000));
      return HttpRequest.newBuilder(URI.create(message.report()))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body))
          .build();
    }
    String query = "?id=" + message.id() + "&status=" + status + "&toNumber=" + to;
    return HttpRequest.newBuilder(URI.create(message.report() + query)).build();
  }

  /** A handler's fault ends its connection, not the server. */
  private HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      connections.add(exchange.getRemoteAddress());
      targets.offer(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      try (exchange) {
        handler.handle(exchange);
      } catch (JsonProcessingException e) {
        Exchange.json(exchange, 400, Map.of("error", "Invalid JSON"));
      }
    };
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "smspm-simulator");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /** Runs until it is stopped: {@code [port [host]]}, 8099 on loopback by default. */
  public static void main(String[] arguments) throws InterruptedException {
    int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8099;
    String host = arguments.length > 1 ? arguments[1] : "127.0.0.1";
    try (SmspmSimulator simulator = start(host, port)) {
      Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
      System.Logger log = System.getLogger(SmspmSimulator.class.getName());
      log.log(System.Logger.Level.INFO, "Inbox: http://localhost:" + simulator.port() + "/inbox");
      simulator.closing.await();
    }
  }
}
