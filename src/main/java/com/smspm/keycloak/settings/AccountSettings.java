package com.smspm.keycloak.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * A realm's own account at the gateway, which takes the place of the server's. Realm settings are
 * readable by lesser admins and travel in exports, so the two secrets are references into
 * Keycloak's vault and nothing else.
 *
 * @param hash a vault reference such as {@code ${vault.smspm-hash}}
 * @param token a vault reference
 * @param sender the sender's name or number, in clear
 */
public record AccountSettings(
    Optional<String> hash, Optional<String> token, Optional<String> sender) {

  /** The required action whose settings are the realm's. */
  public static final String REALM_SETTINGS_ALIAS = "smspm-phone-number";

  public static final String HASH = "hash";
  public static final String TOKEN = "token";
  public static final String SENDER = "sender";

  private static final Pattern VAULT_REFERENCE = Pattern.compile("\\$\\{vault\\.[A-Za-z0-9_.-]+}");

  /**
   * At most 11 characters when alphanumeric, 15 digits when a number (SMSPM, API documents v2.0).
   */
  private static final Pattern SENDER_FORM =
      Pattern.compile("\\+?[0-9]{3,15}|[A-Za-z0-9 ._&-]{1,11}");

  /**
   * The account settings of a realm.
   *
   * @throws InvalidSettings when one of them cannot be used
   */
  public static AccountSettings of(RealmModel realm) {
    RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(REALM_SETTINGS_ALIAS);
    return read(config == null ? Map.of() : config.getConfig());
  }

  static AccountSettings read(Map<String, String> config) {
    SettingsReader settings = new SettingsReader(config);
    return new AccountSettings(
        vaultReference(settings, HASH), vaultReference(settings, TOKEN), sender(settings));
  }

  /** The sender, when it has a form that the gateway takes. */
  public static boolean isSender(String text) {
    return SENDER_FORM.matcher(text).matches();
  }

  private static Optional<String> vaultReference(SettingsReader settings, String setting) {
    Optional<String> value = settings.text(setting);
    if (value.isPresent() && !VAULT_REFERENCE.matcher(value.get()).matches()) {
      throw new InvalidSettings(
          setting, "only a vault reference such as ${vault.name} is accepted");
    }
    return value;
  }

  private static Optional<String> sender(SettingsReader settings) {
    Optional<String> value = settings.text(SENDER);
    if (value.isPresent() && !isSender(value.get())) {
      throw new InvalidSettings(
          SENDER, "at most 11 letters and digits, or a number of 3 to 15 digits, is accepted");
    }
    return value;
  }

  /** The part of the realm's form that is about the account. */
  static List<ProviderConfigProperty> properties() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(HASH)
        .label("Account hash")
        .helpText(
            "A vault reference such as ${vault.smspm-hash}, for a realm with an account of its"
                + " own. Empty: the server's account.")
        .type(ProviderConfigProperty.STRING_TYPE)
        .add()
        .property()
        .name(TOKEN)
        .label("Account token")
        .helpText("A vault reference such as ${vault.smspm-token}.")
        .type(ProviderConfigProperty.STRING_TYPE)
        .add()
        .property()
        .name(SENDER)
        .label("Sender")
        .helpText("A sender's name that SMSPM has approved. Empty: the server's.")
        .type(ProviderConfigProperty.STRING_TYPE)
        .add()
        .build();
  }
}
