package com.smspm.keycloak.delivery;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Owns the dispatcher's threads and the circuits, from the server's start to its end. */
public final class DefaultSmsDeliveryFactory implements SmsDeliveryFactory {

  private final Circuits circuits = new Circuits();
  private DeliveryOptions options;
  private Dispatcher dispatcher;

  @Override
  public void init(Config.Scope config) {
    options = DeliveryOptions.read(config, Config.scope("hostname", "v2"));
    dispatcher = new Dispatcher(options.maxConcurrent(), options.queueSize());
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public SmsDelivery create(KeycloakSession session) {
    return new DefaultSmsDelivery(session, dispatcher, circuits, options);
  }

  @Override
  public void close() {
    if (dispatcher != null) {
      dispatcher.close();
    }
  }

  @Override
  public String getId() {
    return "default";
  }

  @Override
  public List<ProviderConfigProperty> getConfigMetadata() {
    return DeliveryOptions.metadata();
  }
}
