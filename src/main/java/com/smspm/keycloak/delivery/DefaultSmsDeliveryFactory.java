package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.telemetry.Gauges;
import dev.failsafe.CircuitBreaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

/** Owns the dispatcher's threads and the circuits, from the server's start to its end. */
public final class DefaultSmsDeliveryFactory implements SmsDeliveryFactory {

  private static final Logger LOG = Logger.getLogger(DefaultSmsDeliveryFactory.class);

  private final Circuits circuits = new Circuits();
  private final List<Gauges> gauges = new ArrayList<>();
  private DeliveryOptions options;
  private Dispatcher dispatcher;

  @Override
  public void init(Config.Scope config) {
    options = DeliveryOptions.read(config, Config.scope("hostname", "v2"));
    dispatcher = new Dispatcher(options.maxConcurrent(), options.queueSize());
    gauges.add(Gauges.queue(dispatcher::waiting));
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    for (String gateway : options.gateways()) {
      if (factory.getProviderFactory(SmsGateway.class, gateway) == null) {
        LOG.errorf(
            "spi-sms-delivery--default: gateways names %s, which is not installed; it is left out",
            gateway);
        continue;
      }
      for (CircuitBreaker.State state : CircuitBreaker.State.values()) {
        gauges.add(Gauges.breakers(gateway, state, () -> circuits.count(gateway, state)));
      }
    }
  }

  /**
   * Keycloak closes what depends on others before those. Messages that are in flight when the
   * server stops need their gateway, and what became of them needs the realm and the cache. Without
   * this the cache could be closed first. Realms do not depend on the database's connections in
   * this sense, but the server's own settings do, and hold them open.
   */
  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return Set.of(
        SmsGateway.class,
        SingleUseObjectProvider.class,
        RealmProvider.class,
        ServerConfigStorageProvider.class);
  }

  @Override
  public SmsDelivery create(KeycloakSession session) {
    return new DefaultSmsDelivery(session, dispatcher, circuits, options);
  }

  /** Takes six seconds at most: see {@link Dispatcher#close}. */
  @Override
  public void close() {
    if (dispatcher != null) {
      gauges.forEach(Gauges::close);
      gauges.clear();
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
