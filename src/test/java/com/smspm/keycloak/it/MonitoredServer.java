package com.smspm.keycloak.it;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.keycloak.testframework.server.KeycloakServerConfigBuilder;

/** A server as operators run it: with metrics, and with tracing to a collector. */
public class MonitoredServer extends TestServer {

  private static final Queue<String> RECEIVED = new ConcurrentLinkedQueue<>();
  private static final HttpServer COLLECTOR = collector();

  /**
   * What the collector was sent so far (OTLP, in protobuf): names and text attributes can be read
   * in it as they are.
   */
  static String traces() {
    return RECEIVED.stream().collect(Collectors.joining("\n"));
  }

  @Override
  public KeycloakServerConfigBuilder configure(KeycloakServerConfigBuilder server) {
    return super.configure(server)
        .option("metrics-enabled", "true")
        .option("tracing-enabled", "true")
        .option("tracing-protocol", "http/protobuf")
        .option("tracing-compression", "none")
        .option("tracing-sampler-type", "always_on")
        .option("tracing-endpoint", "http://127.0.0.1:" + COLLECTOR.getAddress().getPort());
  }

  private static HttpServer collector() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              byte[] body = exchange.getRequestBody().readAllBytes();
              RECEIVED.add(new String(body, StandardCharsets.ISO_8859_1));
              exchange.sendResponseHeaders(200, -1);
            }
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
