package com.smspm.keycloak.settings;

import com.smspm.keycloak.code.CodePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings behind the gear of the reset by SMS.
 *
 * @param codes how codes are made
 * @param numberAge how long a number must have been proven before it resets a password by itself, 0
 *     to 30 days
 * @param simIsEnough whether it does so for users who have no second factor but SMS
 */
public record ResetSettings(CodePolicy codes, Duration numberAge, boolean simIsEnough) {

  static final String NUMBER_AGE = "numberAgeHours";
  static final String SIM_IS_ENOUGH = "simAloneIsEnough";

  private static final int DEFAULT_AGE = 24;
  private static final int LONGEST_AGE = 720;

  /**
   * The settings of a step; each that is missing has its default.
   *
   * @param config of the execution, null when nobody opened its gear
   * @throws InvalidSettings when one cannot be used
   */
  public static ResetSettings of(AuthenticatorConfigModel config) {
    Map<String, String> values = config == null ? Map.of() : config.getConfig();
    SettingsReader settings = new SettingsReader(values);
    return new ResetSettings(
        CodeSettings.read(values),
        Duration.ofHours(settings.number(NUMBER_AGE, 0, LONGEST_AGE, DEFAULT_AGE)),
        settings.flag(SIM_IS_ENOUGH, false));
  }

  /** The form of a step. */
  public static List<ProviderConfigProperty> stepProperties() {
    List<ProviderConfigProperty> properties = new ArrayList<>(CodeSettings.stepProperties());
    properties.addAll(
        ProviderConfigurationBuilder.create()
            .property()
            .name(NUMBER_AGE)
            .label("Age of the number")
            .helpText(
                "Hours since a number was confirmed, 0 to "
                    + LONGEST_AGE
                    + ", before it resets a password by itself. Until then the e-mail is asked for,"
                    + " too: who has taken over an account must not lock its owner out with a new"
                    + " number.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .defaultValue(Integer.toString(DEFAULT_AGE))
            .add()
            .property()
            .name(SIM_IS_ENOUGH)
            .label("The SIM alone is enough (risk!)")
            .helpText(
                "Users whose only second factor is SMS reset their password by SMS alone, and log in"
                    + " with a code by SMS afterwards. Whoever gets hold of the SIM, as by persuading"
                    + " the operator, then has the whole account. Off: after the code the e-mail is"
                    + " asked for, too.")
            .type(ProviderConfigProperty.BOOLEAN_TYPE)
            .defaultValue(Boolean.FALSE.toString())
            .add()
            .build());
    return properties;
  }
}
