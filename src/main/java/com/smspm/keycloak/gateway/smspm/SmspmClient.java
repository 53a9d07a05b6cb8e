package com.smspm.keycloak.gateway.smspm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.ProxyMappings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.TruststoreProvider;

/** Builds the HTTP client: the one of a server, for all of its realms. */
final class SmspmClient {

  /** As many as messages are sent at a time by default, so that none needs a new connection. */
  private static final int KEPT_CONNECTIONS = 32;

  /**
   * Shorter than servers usually keep idle connections, since a request on a connection that the
   * other side has just closed ends unclear, and is not repeated.
   */
  private static final Duration KEPT_FOR = Duration.ofSeconds(30);

  private SmspmClient() {}

  static OkHttpClient build(SmspmOptions options, KeycloakSession session) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .connectTimeout(options.connectTimeout())
            .callTimeout(options.callTimeout())
            .readTimeout(options.callTimeout())
            .writeTimeout(options.callTimeout())
            // With HTTP/2 all calls share a connection, and no call's timeout ends one that is dead
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectionPool(
                new ConnectionPool(KEPT_CONNECTIONS, KEPT_FOR.toSeconds(), TimeUnit.SECONDS))
            .socketFactory(new InterruptibleSockets())
            .eventListener(new SmspmChannel.ProgressListener())
            .followRedirects(false)
            // A POST that is sent again by itself could be a second message
            .retryOnConnectionFailure(false)
            .proxySelector(new KeycloakProxies());
    trustManager(session).ifPresent(trust -> builder.sslSocketFactory(tls(trust), trust));
    return builder.build();
  }

  /** What the server's admin trusts; nothing where the JDK's own certificates are meant. */
  private static Optional<X509TrustManager> trustManager(KeycloakSession session) {
    TruststoreProvider truststore = session.getProvider(TruststoreProvider.class);
    KeyStore certificates = truststore == null ? null : truststore.getTruststore();
    if (certificates == null) {
      return Optional.empty();
    }
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(certificates);
      return Stream.of(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Keycloak's truststore cannot be used", e);
    }
  }

  private static SSLSocketFactory tls(X509TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is part of every Java platform", e);
    }
  }

  /**
   * The outbound proxies that Keycloak's own HTTP client uses, from the same options and variables.
   */
  private static final class KeycloakProxies extends ProxySelector {

    private static final String HTTP_CLIENT_SPI = "connectionsHttpClient";

    private final ProxyMappings mappings;

    KeycloakProxies() {
      String[] configured = Config.scope(HTTP_CLIENT_SPI, "default").getArray("proxy-mappings");
      ProxyMappings own = ProxyMappings.valueOf(configured);
      mappings =
          own == null || own.isEmpty()
              ? ProxyMappings.withFixedProxyMapping(
                  environment("https_proxy").or(() -> environment("http_proxy")).orElse(null),
                  environment("no_proxy").orElse(null))
              : own;
    }

    private static Optional<String> environment(String name) {
      return Stream.of(name, name.toUpperCase(Locale.ROOT))
          .map(System::getenv)
          .filter(value -> value != null && !value.isBlank())
          .findFirst();
    }

    @Override
    public List<Proxy> select(URI uri) {
      // Keycloak's factory method gives null for mappings without a proxy
      ProxyMappings.ProxyMapping mapping =
          mappings == null ? null : mappings.getProxyFor(uri.getHost());
      if (mapping == null || mapping.getProxyHost() == null) {
        return List.of(Proxy.NO_PROXY);
      }
      String host = mapping.getProxyHost().getHostName();
      int port = mapping.getProxyHost().getPort();
      boolean https = "https".equals(mapping.getProxyHost().getSchemeName());
      return List.of(
          new Proxy(
              Proxy.Type.HTTP,
              InetSocketAddress.createUnresolved(host, port > 0 ? port : https ? 443 : 80)));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // The call reports it
    }
  }
}
