package com.smspm.keycloak.gateway.smspm;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.phone.PhoneNumber;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.truststore.TruststoreProvider;

/** What a Keycloak server would give the gateway, without the server. */
public final class Fixture {

  private Fixture() {}

  /** A message to somebody in Estonia. */
  public static SmsMessage message(String number, String text) {
    return new SmsMessage(
        "our-own-id", Purpose.LOGIN, new PhoneNumber(number), text, Optional.empty());
  }

  /** The channel that a server with these options gives a realm without settings. */
  public static SmsGateway.Channel channel(Map<String, String> options) {
    return channel(options, session(null));
  }

  static SmsGateway.Channel channel(Map<String, String> options, KeycloakSession session) {
    SmspmGatewayFactory factory = new SmspmGatewayFactory();
    factory.init(scope(options));
    RealmModel realm = proxy(RealmModel.class, Map.of("getRequiredActionConfigByAlias", none()));
    return factory.create(session).channel(realm).orElseThrow();
  }

  /** Server options of one provider. */
  public static Config.Scope scope(Map<String, String> options) {
    return new Config.SystemPropertiesScope("") {
      @Override
      public String get(String key) {
        return options.get(key);
      }

      @Override
      public Set<String> getPropertyNames() {
        return options.keySet();
      }
    };
  }

  /**
   * @param trusted the one certificate in the server's truststore; null for a server without one
   */
  static KeycloakSession session(X509Certificate trusted) {
    Optional<Object> truststore =
        Optional.ofNullable(trusted)
            .map(
                certificate ->
                    proxy(
                        TruststoreProvider.class,
                        Map.of("getTruststore", Optional.of(keyStore(certificate)))));
    return proxy(KeycloakSession.class, Map.of("getProvider", truststore));
  }

  private static KeyStore keyStore(X509Certificate certificate) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("trusted", certificate);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<Object> none() {
    return Optional.empty();
  }

  /** Answers the methods that are named, and none else. */
  static <T> T proxy(Class<T> type, Map<String, Optional<Object>> answers) {
    Object proxy =
        Proxy.newProxyInstance(
            Fixture.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (!answers.containsKey(method.getName())) {
                throw new UnsupportedOperationException(method.getName());
              }
              return answers.get(method.getName()).orElse(null);
            });
    return type.cast(proxy);
  }
}
