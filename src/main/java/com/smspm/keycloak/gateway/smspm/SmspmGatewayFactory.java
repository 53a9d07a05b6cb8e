package com.smspm.keycloak.gateway.smspm;

import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.gateway.SmsGatewayFactory;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Owns the HTTP client of one SMSPM account, from its first message to the server's end. */
public class SmspmGatewayFactory implements SmsGatewayFactory {

  private static final Logger LOG = Logger.getLogger(SmspmGatewayFactory.class);

  private SmspmOptions options;
  private String problem;
  private volatile OkHttpClient client;

  @Override
  public String getId() {
    return "smspm";
  }

  /** Throwing here would stop the server: what cannot be used is told now, and at each message. */
  @Override
  public void init(Config.Scope config) {
    try {
      options = SmspmOptions.read(config);
    } catch (IllegalArgumentException e) {
      problem = e.getMessage();
      LOG.errorf("spi-sms-gateway--%s: no message can be sent: %s", getId(), problem);
    }
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public SmsGateway create(KeycloakSession session) {
    if (options == null) {
      return realm -> {
        throw new IllegalStateException(problem);
      };
    }
    return new SmspmGateway(session, options, client(session), servesRealmsOwn());
  }

  /** Whether a realm's own account sends through this one. */
  boolean servesRealmsOwn() {
    return true;
  }

  private OkHttpClient client(KeycloakSession session) {
    OkHttpClient built = client;
    if (built == null) {
      synchronized (this) {
        built = client;
        if (built == null) {
          built = SmspmClient.build(options, session);
          client = built;
        }
      }
    }
    return built;
  }

  @Override
  public void close() {
    OkHttpClient built = client;
    if (built != null) {
      built.dispatcher().executorService().shutdown();
      built.connectionPool().evictAll();
    }
  }

  @Override
  public List<ProviderConfigProperty> getConfigMetadata() {
    return SmspmOptions.metadata();
  }
}
