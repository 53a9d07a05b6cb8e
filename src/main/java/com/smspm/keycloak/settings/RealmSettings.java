package com.smspm.keycloak.settings;

import static com.smspm.keycloak.settings.AccountSettings.REALM_SETTINGS_ALIAS;

import com.smspm.keycloak.code.CodePolicy;
import com.smspm.keycloak.limits.GuardMode;
import com.smspm.keycloak.limits.SendLimits;
import com.smspm.keycloak.phone.NumberPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The settings behind the gear of the required action: what holds for the whole realm.
 *
 * @param enrolment how codes are made that prove a new number
 * @param numbers which numbers may receive a code
 * @param uniqueNumbers whether a number can be proven by one account only
 * @param sends how many messages may be sent
 * @param pumpingGuard what happens to ranges where codes are sent and not entered
 * @param life what happens to numbers once they are proven
 */
public record RealmSettings(
    CodePolicy enrolment,
    NumberPolicy numbers,
    boolean uniqueNumbers,
    SendLimits sends,
    GuardMode pumpingGuard,
    LifeSettings life) {

  static final String DEFAULT_COUNTRY = "defaultCountry";
  static final String ALLOWED_COUNTRIES = "allowedCountries";
  static final String DENIED_COUNTRIES = "deniedCountries";
  static final String ALLOW_VOIP = "allowVoip";
  static final String ALLOW_LANDLINE = "allowLandline";
  static final String DENIED_PREFIXES = "deniedPrefixes";
  static final String UNIQUE_NUMBERS = "uniqueNumbers";

  /** Several are asked for in every login, and they seldom change. */
  private static final Map<Map<String, String>, RealmSettings> READ = new ConcurrentHashMap<>();

  /** More than a server has realms with settings of their own; then they are read anew. */
  private static final int MOST_KEPT = 1000;

  /**
   * The settings of a realm; each that is missing has its default.
   *
   * @throws InvalidSettings when one cannot be used
   */
  public static RealmSettings of(RealmModel realm) {
    RequiredActionConfigModel model = realm.getRequiredActionConfigByAlias(REALM_SETTINGS_ALIAS);
    Map<String, String> config =
        model == null || model.getConfig() == null ? Map.of() : model.getConfig();
    RealmSettings known = READ.get(config);
    if (known != null) {
      return known;
    }
    RealmSettings read = read(config);
    if (READ.size() >= MOST_KEPT) {
      READ.clear();
    }
    READ.put(new HashMap<>(config), read);
    return read;
  }

  /**
   * Reads and checks everything that a realm can set, the account included.
   *
   * @throws InvalidSettings when one cannot be used
   */
  public static RealmSettings read(Map<String, String> config) {
    AccountSettings.read(config == null ? Map.of() : config);
    SettingsReader settings = new SettingsReader(config);
    LifeSettings life = LifeSettings.read(settings);
    return new RealmSettings(
        CodeSettings.read(config),
        numbers(settings),
        settings.flag(UNIQUE_NUMBERS, true),
        LimitSettings.read(settings),
        GuardSettings.read(settings),
        life);
  }

  private static NumberPolicy numbers(SettingsReader settings) {
    // One at a time, so that the complaint can name the setting
    NumberPolicy none = NumberPolicy.DEFAULT;
    check(
        DEFAULT_COUNTRY,
        () ->
            new NumberPolicy(
                settings.text(DEFAULT_COUNTRY),
                none.allowedCountries(),
                none.deniedCountries(),
                false,
                false,
                none.deniedPrefixes()));
    check(
        DENIED_COUNTRIES,
        () ->
            new NumberPolicy(
                none.defaultCountry(),
                none.allowedCountries(),
                settings.list(DENIED_COUNTRIES),
                false,
                false,
                none.deniedPrefixes()));
    check(
        DENIED_PREFIXES,
        () ->
            new NumberPolicy(
                none.defaultCountry(),
                none.allowedCountries(),
                none.deniedCountries(),
                false,
                false,
                settings.list(DENIED_PREFIXES)));
    return check(
        ALLOWED_COUNTRIES,
        () ->
            new NumberPolicy(
                settings.text(DEFAULT_COUNTRY),
                settings.list(ALLOWED_COUNTRIES),
                settings.list(DENIED_COUNTRIES),
                settings.flag(ALLOW_VOIP, false),
                settings.flag(ALLOW_LANDLINE, false),
                settings.list(DENIED_PREFIXES)));
  }

  private static NumberPolicy check(String setting, Supplier<NumberPolicy> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(setting, e.getMessage());
    }
  }

  /** The form of the required action. */
  public static List<ProviderConfigProperty> properties() {
    List<ProviderConfigProperty> properties = CodeSettings.codeProperties();
    properties.addAll(
        ProviderConfigurationBuilder.create()
            .property()
            .name(DEFAULT_COUNTRY)
            .label("Default country")
            .helpText(
                "Chosen in the country list at first: two letters as in ISO 3166, such as EE.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(ALLOWED_COUNTRIES)
            .label("Allowed countries")
            .helpText("Only numbers of these countries receive codes; empty for all. EE, DE, GB")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(DENIED_COUNTRIES)
            .label("Denied countries")
            .helpText("Numbers of these countries never receive codes, even when allowed above.")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(DENIED_PREFIXES)
            .label("Denied prefixes")
            .helpText("Numbers that begin like this never receive codes: +3725, +88")
            .type(ProviderConfigProperty.STRING_TYPE)
            .add()
            .property()
            .name(ALLOW_VOIP)
            .label("Allow VoIP numbers")
            .helpText("They are easy to get and to lose, and many cannot receive messages.")
            .type(ProviderConfigProperty.BOOLEAN_TYPE)
            .defaultValue(false)
            .add()
            .property()
            .name(ALLOW_LANDLINE)
            .label("Allow landlines")
            .helpText("Few of them can receive messages.")
            .type(ProviderConfigProperty.BOOLEAN_TYPE)
            .defaultValue(false)
            .add()
            .property()
            .name(UNIQUE_NUMBERS)
            .label("One account per number")
            .helpText("A number that one account has proven cannot be proven by another one.")
            .type(ProviderConfigProperty.BOOLEAN_TYPE)
            .defaultValue(true)
            .add()
            .build());
    properties.addAll(LifeSettings.properties());
    properties.addAll(LimitSettings.properties());
    properties.addAll(GuardSettings.properties());
    properties.addAll(AccountSettings.properties());
    return properties;
  }
}
