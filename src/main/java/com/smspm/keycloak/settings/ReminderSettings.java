package com.smspm.keycloak.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings behind the gear of the reminder that SMS should not be the only second factor.
 *
 * @param pause from one reminder to the next
 */
public record ReminderSettings(Duration pause) {

  /** The required action whose settings these are. */
  public static final String ALIAS = "smspm-another-way";

  static final String REMINDER_DAYS = "reminderDays";

  private static final int DEFAULT_DAYS = 30;
  private static final int MOST_DAYS = 365;

  /**
   * The settings of a realm.
   *
   * @throws InvalidSettings when one cannot be used
   */
  public static ReminderSettings of(RealmModel realm) {
    RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(ALIAS);
    return read(config == null ? Map.of() : config.getConfig());
  }

  /**
   * Reads and checks them.
   *
   * @throws InvalidSettings when one cannot be used
   */
  public static ReminderSettings read(Map<String, String> config) {
    return new ReminderSettings(
        Duration.ofDays(
            new SettingsReader(config).number(REMINDER_DAYS, 1, MOST_DAYS, DEFAULT_DAYS)));
  }

  /** The form of the required action. */
  public static List<ProviderConfigProperty> properties() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(REMINDER_DAYS)
        .label("Days between reminders")
        .helpText(
            "Whoever has put it off is asked again after so many days, 1 to " + MOST_DAYS + ".")
        .type(ProviderConfigProperty.STRING_TYPE)
        .defaultValue(Integer.toString(DEFAULT_DAYS))
        .add()
        .build();
  }
}
