package com.smspm.keycloak.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The settings of trusted devices: their days at the code step, and those of the condition. */
public final class DeviceSettings {

  static final String DAYS = "trustedDeviceDays";
  static final String NEGATE = "negate";

  /** A year: longer than that nobody remembers what a device was. */
  private static final int MOST_DAYS = 365;

  /** The most that any step can offer. */
  public static final Duration LONGEST = Duration.ofDays(MOST_DAYS);

  private DeviceSettings() {}

  /**
   * For how long a code step offers not to ask again; zero, the default, for not at all.
   *
   * @param config of the execution, null when nobody opened its gear
   * @throws InvalidSettings when it cannot be used
   */
  public static Duration offered(AuthenticatorConfigModel config) {
    return Duration.ofDays(reader(config).limit(DAYS, 1, MOST_DAYS).orElse(0));
  }

  /**
   * Whether the condition's sub-flow is for trusted devices, and not for all others.
   *
   * @param config of the execution, null when nobody opened its gear
   * @throws InvalidSettings when it cannot be used
   */
  public static boolean forTrusted(AuthenticatorConfigModel config) {
    return reader(config).flag(NEGATE, false);
  }

  /** The form of the condition. */
  public static List<ProviderConfigProperty> conditionProperties() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(NEGATE)
        .label("Negate")
        .helpText(
            "Off: the sub-flow runs where the device is not trusted, as for a code. On: it runs"
                + " where the device is trusted. A sub-flow that asks for a credential always runs"
                + " then: nobody should be asked on trusted devices only.")
        .type(ProviderConfigProperty.BOOLEAN_TYPE)
        .defaultValue(false)
        .add()
        .build();
  }

  static List<ProviderConfigProperty> stepProperties() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(DAYS)
        .label("Trusted device for")
        .helpText(
            "Days, 1 to "
                + MOST_DAYS
                + ", for which users may choose not to be asked on a device again; 0 for no choice."
                + " Needs the condition \"trusted device (SMSPM)\" in the same flow.")
        .type(ProviderConfigProperty.STRING_TYPE)
        .defaultValue("0")
        .add()
        .build();
  }

  private static SettingsReader reader(AuthenticatorConfigModel config) {
    return new SettingsReader(config == null ? Map.of() : config.getConfig());
  }
}
