package com.smspm.keycloak.settings;

import java.util.List;
import java.util.Map;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings behind the gear of the registration step.
 *
 * @param numberOptional whether one can sign up without a number
 */
public record SignUpSettings(boolean numberOptional) {

  static final String NUMBER_OPTIONAL = "numberOptional";

  /**
   * The settings of a registration step.
   *
   * @param config of the execution, null when nobody opened its gear
   * @throws InvalidSettings when one cannot be used
   */
  public static SignUpSettings of(AuthenticatorConfigModel config) {
    return read(config == null ? Map.of() : config.getConfig());
  }

  static SignUpSettings read(Map<String, String> config) {
    return new SignUpSettings(new SettingsReader(config).flag(NUMBER_OPTIONAL, false));
  }

  /** The form of the step. */
  public static List<ProviderConfigProperty> properties() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(NUMBER_OPTIONAL)
        .label("Number is optional")
        .helpText(
            "Whoever leaves the field empty signs up without a number. Decide it here, and do not"
                + " make the attribute phoneNumber required in the user profile: that would ask"
                + " all users without a number for one where they cannot prove it.")
        .type(ProviderConfigProperty.BOOLEAN_TYPE)
        .defaultValue(false)
        .add()
        .build();
  }
}
