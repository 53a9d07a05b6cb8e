package com.smspm.keycloak.settings;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The networks in which a condition's sub-flow is left out. */
public final class NetworkSettings {

  static final String NETWORKS = "trustedNetworks";

  /** Each is compared at each login. */
  static final int MOST = 100;

  private final List<Network> networks;

  private NetworkSettings(List<Network> networks) {
    this.networks = networks;
  }

  /**
   * Reads the condition's settings; without any no network is trusted.
   *
   * @param config of the execution, null when nobody opened its gear
   * @throws InvalidSettings when a single one cannot be used
   */
  public static NetworkSettings of(AuthenticatorConfigModel config) {
    Set<String> texts =
        new SettingsReader(config == null ? Map.of() : config.getConfig()).list(NETWORKS);
    if (texts.size() > MOST) {
      throw new InvalidSettings(NETWORKS, texts.size() + " networks: at most " + MOST);
    }
    return new NetworkSettings(texts.stream().map(NetworkSettings::network).toList());
  }

  private static Network network(String text) {
    try {
      return Network.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(
          NETWORKS, SettingsReader.quoted(text) + " is not possible: " + e.getMessage());
    }
  }

  /** Whether a client's address is in one of them. */
  public boolean contains(String address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  /** The form of the condition. */
  public static List<ProviderConfigProperty> conditionProperties() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(NETWORKS)
        .label("Trusted networks")
        .helpText(
            "Networks from which the sub-flow is left out, such as 192.0.2.0/24, 2001:db8::/32 or"
                + " one address. With one that cannot be, the sub-flow runs for everybody.")
        .type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE)
        .add()
        .build();
  }
}
