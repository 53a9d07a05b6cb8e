package com.smspm.keycloak.settings;

import com.smspm.keycloak.limits.GuardMode;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The part of a realm's settings that says what is done against pumping. */
final class GuardSettings {

  static final String PUMPING_GUARD = "pumpingGuard";

  private static final GuardMode DEFAULT = GuardMode.ON;

  private GuardSettings() {}

  static GuardMode read(SettingsReader settings) {
    return settings.choice(PUMPING_GUARD, GuardMode.class, DEFAULT);
  }

  static List<ProviderConfigProperty> properties() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(PUMPING_GUARD)
        .label("Pumping guard")
        .helpText(
            "Closes a range of numbers for an hour or longer where codes for new numbers are sent"
                + " and not entered. Proven numbers keep receiving codes. With monitor, it reports"
                + " the same and refuses nothing.")
        .type(ProviderConfigProperty.LIST_TYPE)
        .options(SettingsReader.names(GuardMode.class))
        .defaultValue("on")
        .add()
        .build();
  }
}
