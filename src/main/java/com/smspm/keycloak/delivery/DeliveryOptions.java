package com.smspm.keycloak.delivery;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The server options of the delivery. Throwing would stop the server, so the safe default takes the
 * place of what cannot be, and the log tells.
 *
 * @param gateways in the order in which they are tried
 * @param reportBase what the server's own address begins with; nothing where it is not certain
 */
record DeliveryOptions(
    List<String> gateways,
    int maxConcurrent,
    int queueSize,
    boolean retryUnclear,
    Optional<ReportBase> reportBase) {

  private static final Logger LOG = Logger.getLogger(DeliveryOptions.class);

  private static final String GATEWAYS = "gateways";
  private static final String DEFAULT_GATEWAYS = "smspm,smspm-backup";
  private static final String MAX_CONCURRENT = "max-concurrent";
  private static final int DEFAULT_MAX_CONCURRENT = 32;
  private static final int MOST_CONCURRENT = 256;
  private static final String QUEUE_SIZE = "queue-size";
  private static final int DEFAULT_QUEUE_SIZE = 1000;
  private static final int LONGEST_QUEUE = 10_000;
  private static final String RETRY_UNCLEAR = "retry-unclear";
  static final String REPORT_BASE_URL = "report-base-url";

  /**
   * @param hostname Keycloak's own options for the server's address
   */
  static DeliveryOptions read(Config.Scope config, Config.Scope hostname) {
    return new DeliveryOptions(
        Stream.of(config.get(GATEWAYS, DEFAULT_GATEWAYS).strip().split("[,\\s]+")).toList(),
        bounded(config, MAX_CONCURRENT, DEFAULT_MAX_CONCURRENT, MOST_CONCURRENT),
        bounded(config, QUEUE_SIZE, DEFAULT_QUEUE_SIZE, LONGEST_QUEUE),
        Boolean.parseBoolean(config.get(RETRY_UNCLEAR, "false").strip()),
        ReportBase.of(config.get(REPORT_BASE_URL), hostname.get("hostname")));
  }

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

  static List<ProviderConfigProperty> metadata() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(GATEWAYS)
        .type(ProviderConfigProperty.STRING_TYPE)
        .helpText("The gateways to send through, in order: the next one where one cannot send.")
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
        .property()
        .name(RETRY_UNCLEAR)
        .type(ProviderConfigProperty.BOOLEAN_TYPE)
        .helpText("Sends again where nobody can say whether the first message went out.")
        .defaultValue(false)
        .add()
        .property()
        .name(REPORT_BASE_URL)
        .type(ProviderConfigProperty.STRING_TYPE)
        .helpText("Where gateways reach this server with delivery reports: https, with its path.")
        .add()
        .build();
  }
}
