package com.smspm.keycloak.delivery;

import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Owns the dispatcher's threads, from the server's start to its end. */
public final class DefaultSmsDeliveryFactory implements SmsDeliveryFactory {

  private static final Logger LOG = Logger.getLogger(DefaultSmsDeliveryFactory.class);

  private static final String GATEWAYS = "gateways";
  private static final String DEFAULT_GATEWAYS = "smspm,smspm-backup";
  private static final String MAX_CONCURRENT = "max-concurrent";
  private static final int DEFAULT_MAX_CONCURRENT = 32;
  private static final int MOST_CONCURRENT = 256;
  private static final String QUEUE_SIZE = "queue-size";
  private static final int DEFAULT_QUEUE_SIZE = 1000;
  private static final int LONGEST_QUEUE = 10_000;

  private List<String> gateways;
  private Dispatcher dispatcher;

  @Override
  public void init(Config.Scope config) {
    gateways = Stream.of(config.get(GATEWAYS, DEFAULT_GATEWAYS).split("[,\\s]+")).toList();
    dispatcher =
        new Dispatcher(
            bounded(config, MAX_CONCURRENT, DEFAULT_MAX_CONCURRENT, MOST_CONCURRENT),
            bounded(config, QUEUE_SIZE, DEFAULT_QUEUE_SIZE, LONGEST_QUEUE));
  }

  /** Throwing here would stop the server, so the safe default takes the place of what cannot be. */
  private static int bounded(Config.Scope config, String option, int otherwise, int most) {
    String text = config.get(option);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= 1 && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // falls through to the same complaint
    }
    LOG.errorf(
        "spi-sms-delivery--default: %s must be a whole number from 1 to %d; using %d",
        option, most, otherwise);
    return otherwise;
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public SmsDelivery create(KeycloakSession session) {
    return new DefaultSmsDelivery(session, dispatcher, gateways);
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
    return ProviderConfigurationBuilder.create()
        .property()
        .name(GATEWAYS)
        .type(ProviderConfigProperty.STRING_TYPE)
        .helpText("The gateways to send through: the first that has an account is used.")
        .defaultValue(DEFAULT_GATEWAYS)
        .add()
        .property()
        .name(MAX_CONCURRENT)
        .type(ProviderConfigProperty.INTEGER_TYPE)
        .helpText("Messages that are sent at the same time, 1 to " + MOST_CONCURRENT + ".")
        .defaultValue(DEFAULT_MAX_CONCURRENT)
        .add()
        .property()
        .name(QUEUE_SIZE)
        .type(ProviderConfigProperty.INTEGER_TYPE)
        .helpText("Messages that may wait, 1 to " + LONGEST_QUEUE + ".")
        .defaultValue(DEFAULT_QUEUE_SIZE)
        .add()
        .build();
  }
}
