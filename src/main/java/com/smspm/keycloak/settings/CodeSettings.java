package com.smspm.keycloak.settings;

import com.smspm.keycloak.code.CodePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The settings behind the gear of a step: how its codes are made and how long they live. */
public final class CodeSettings {

  static final String CODE_LENGTH = "codeLength";
  static final String CODE_VALIDITY = "codeValidity";
  static final String MAX_ATTEMPTS = "maxAttempts";
  static final String RESEND_WAIT = "resendWait";

  private CodeSettings() {}

  /**
   * The policy that a step's settings describe; each that is missing has its default.
   *
   * @param config of the execution, null when nobody opened its gear
   * @throws InvalidSettings when one cannot be used
   */
  public static CodePolicy of(AuthenticatorConfigModel config) {
    return read(config == null ? Map.of() : config.getConfig());
  }

  static CodePolicy read(Map<String, String> config) {
    SettingsReader settings = new SettingsReader(config);
    return new CodePolicy(
        settings.number(
            CODE_LENGTH, CodePolicy.MIN_LENGTH, CodePolicy.MAX_LENGTH, CodePolicy.DEFAULT.length()),
        settings.seconds(
            CODE_VALIDITY,
            CodePolicy.MIN_VALIDITY,
            CodePolicy.MAX_VALIDITY,
            CodePolicy.DEFAULT.validity()),
        settings.number(
            MAX_ATTEMPTS,
            CodePolicy.MIN_ATTEMPTS,
            CodePolicy.MAX_ATTEMPTS,
            CodePolicy.DEFAULT.maxAttempts()),
        settings.seconds(
            RESEND_WAIT,
            CodePolicy.MIN_RESEND_WAIT,
            CodePolicy.MAX_RESEND_WAIT,
            CodePolicy.DEFAULT.resendWait()));
  }

  /** The form of a step. */
  public static List<ProviderConfigProperty> stepProperties() {
    List<ProviderConfigProperty> properties = codeProperties();
    properties.addAll(
        ProviderConfigurationBuilder.create()
            .property()
            .name(RESEND_WAIT)
            .label("Wait before a new code")
            .helpText(
                "Seconds before a user may ask for another code, "
                    + bounds(CodePolicy.MIN_RESEND_WAIT, CodePolicy.MAX_RESEND_WAIT)
                    + ". With each message to the same number within an hour the wait grows by"
                    + " itself: 30, 60, 120, 300 seconds; the longer of the two counts.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .defaultValue(Long.toString(CodePolicy.DEFAULT.resendWait().toSeconds()))
            .add()
            .build());
    properties.addAll(DeviceSettings.stepProperties());
    return properties;
  }

  /** What steps and the required action have in common. */
  static List<ProviderConfigProperty> codeProperties() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(CODE_LENGTH)
        .label("Code length")
        .helpText("Digits of a code.")
        .type(ProviderConfigProperty.LIST_TYPE)
        .options(List.of("6", "7", "8"))
        .defaultValue(Integer.toString(CodePolicy.DEFAULT.length()))
        .add()
        .property()
        .name(CODE_VALIDITY)
        .label("Code validity")
        .helpText(
            "Seconds in which a code is accepted, "
                + bounds(CodePolicy.MIN_VALIDITY, CodePolicy.MAX_VALIDITY)
                + ".")
        .type(ProviderConfigProperty.STRING_TYPE)
        .defaultValue(Long.toString(CodePolicy.DEFAULT.validity().toSeconds()))
        .add()
        .property()
        .name(MAX_ATTEMPTS)
        .label("Attempts")
        .helpText("Codes that may be tried before the user has to start again.")
        .type(ProviderConfigProperty.LIST_TYPE)
        .options(List.of("3", "4", "5"))
        .defaultValue(Integer.toString(CodePolicy.DEFAULT.maxAttempts()))
        .add()
        .build();
  }

  private static String bounds(Duration least, Duration most) {
    return least.toSeconds() + " to " + most.toSeconds();
  }
}
