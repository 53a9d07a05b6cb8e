package com.smspm.keycloak.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * An Apache HTTP server with mod_auth_openidc, which is on OpenID's list of certified relying
 * parties, in front of an application that knows nothing of logins: it shows the claims that the
 * module hands on. One host for each client, each at a port of its own.
 */
final class Apache implements AutoCloseable {

  private static final Path SERVER = Path.of("/usr/sbin/apache2");
  private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
  private static final Path HOME = Path.of("target", "apache").toAbsolutePath();

  /** What is said of a claim: a line of the page. */
  private static final String CLAIM = "oidc_claim_";

  /**
   * A client of the realm.
   *
   * @param guard what the module asks of a user, beside a login
   * @param request further parameters of the authorization request; empty for none
   */
  record Host(String client, String guard, String request) {

    Host(String client) {
      this(client, "valid-user", "");
    }
  }

  private final HttpServer application;
  private final List<Host> hosts;
  private final List<Integer> ports;
  private final Process process;

  private Apache(List<Host> hosts) throws IOException {
    this.hosts = hosts;
    this.ports = hosts.stream().map(host -> freePort()).toList();
    application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    application.createContext("/", Apache::showClaims);
    application.start();
    Files.createDirectories(HOME);
    Path configuration = Files.writeString(HOME.resolve("apache.conf"), configuration());
    process =
        new ProcessBuilder(SERVER.toString(), "-f", configuration.toString(), "-DFOREGROUND")
            .redirectErrorStream(true)
            .redirectOutput(HOME.resolve("apache.out").toFile())
            .start();
    Eventually.holds(
        () -> !process.isAlive() || ports.stream().allMatch(Apache::answers),
        Duration.ofSeconds(30));
    if (!process.isAlive()) {
      throw new IOException(Files.readString(HOME.resolve("apache.out")));
    }
  }

  /** Skips the test where the server or the module is not installed. */
  static Apache start(Host... hosts) throws IOException {
    assumeTrue(
        Files.isExecutable(SERVER) && Files.exists(MODULES.resolve("mod_auth_openidc.so")),
        "no Apache with mod_auth_openidc on this machine");
    return new Apache(List.of(hosts));
  }

  List<String> clients() {
    return hosts.stream().map(Host::client).toList();
  }

  /** Where the application of a client is. */
  String url(String client) {
    return "http://localhost:" + ports.get(clients().indexOf(client));
  }

  /** Where the module wants the browser to come back to. */
  String redirectUri(String client) {
    return url(client) + "/callback";
  }

  private String configuration() {
    return """
        ServerName localhost
        ServerRoot %s
        PidFile apache.pid
        ErrorLog apache.log
        LogLevel warn
        DefaultRuntimeDir %s
        Mutex sem
        User www-data
        Group www-data
        %s
        %s
        """
        .formatted(
            HOME,
            HOME,
            modules("mpm_event", "authn_core", "authz_core", "authz_user", "proxy", "proxy_http")
                + modules("auth_openidc"),
            hosts.stream().map(this::host).collect(Collectors.joining("\n")));
  }

  private static String modules(String... names) {
    return List.of(names).stream()
        .map(name -> "LoadModule " + name + "_module " + MODULES + "/mod_" + name + ".so\n")
        .collect(Collectors.joining());
  }

  private String host(Host host) {
    return """
        Listen 127.0.0.1:%1$d
        <VirtualHost 127.0.0.1:%1$d>
          OIDCProviderMetadataURL http://localhost:8080/realms/%2$s/.well-known/openid-configuration
          OIDCClientID %3$s
          OIDCProviderTokenEndpointAuth none
          OIDCPKCEMethod S256
          OIDCScope "openid phone"
          OIDCRedirectURI %4$s
          OIDCCryptoPassphrase only-for-these-tests
          %5$s
          ProxyPass / http://127.0.0.1:%6$d/
          <Location />
            AuthType openid-connect
            Require %7$s
          </Location>
        </VirtualHost>
        """
        .formatted(
            ports.get(hosts.indexOf(host)),
            DemoRealm.NAME,
            host.client(),
            redirectUri(host.client()),
            host.request().isEmpty() ? "" : "OIDCAuthRequestParams " + host.request(),
            application.getAddress().getPort(),
            host.guard());
  }

  private static void showClaims(HttpExchange exchange) throws IOException {
    TreeMap<String, String> claims = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(java.util.Locale.ROOT);
              if (lower.startsWith(CLAIM)) {
                claims.put(lower.substring(CLAIM.length()), values.get(0));
              }
            });
    String list =
        claims.entrySet().stream()
            .map(it -> "<li>" + it.getKey() + ": " + it.getValue() + "</li>")
            .collect(Collectors.joining());
    byte[] page =
        ("<!DOCTYPE html><title>Application</title><ul id=\"claims\">" + list + "</ul>")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    application.stop(0);
  }
}
