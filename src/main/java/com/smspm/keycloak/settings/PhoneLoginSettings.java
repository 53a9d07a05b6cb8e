package com.smspm.keycloak.settings;

import com.smspm.keycloak.code.CodePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings behind the gear of the phone login.
 *
 * @param codes how codes are made
 * @param usernames whether the form takes a username as well and goes on with another way then
 */
public record PhoneLoginSettings(CodePolicy codes, boolean usernames) {

  static final String USERNAMES = "acceptUsername";

  /**
   * The settings of a step; each that is missing has its default.
   *
   * @param config of the execution, null when nobody opened its gear
   * @throws InvalidSettings when one cannot be used
   */
  public static PhoneLoginSettings of(AuthenticatorConfigModel config) {
    Map<String, String> values = config == null ? Map.of() : config.getConfig();
    return new PhoneLoginSettings(
        CodeSettings.read(values), new SettingsReader(values).flag(USERNAMES, false));
  }

  /** The form of a step. */
  public static List<ProviderConfigProperty> stepProperties() {
    List<ProviderConfigProperty> properties = new ArrayList<>(CodeSettings.stepProperties());
    properties.addAll(
        ProviderConfigurationBuilder.create()
            .property()
            .name(USERNAMES)
            .label("Username or number")
            .helpText(
                "The form takes a username, too, and passes it on to the flow's next way, which has"
                    + " to ask for a password or something else: a username alone logs nobody in."
                    + " Only where the step is ALTERNATIVE and another way follows it.")
            .type(ProviderConfigProperty.BOOLEAN_TYPE)
            .defaultValue(Boolean.FALSE.toString())
            .add()
            .build());
    return properties;
  }
}
