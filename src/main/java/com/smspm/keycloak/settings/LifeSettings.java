package com.smspm.keycloak.settings;

import static com.smspm.keycloak.settings.AccountSettings.REALM_SETTINGS_ALIAS;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The part of a realm's settings that is about the life of a number. Read by itself, because it is
 * asked at every login.
 *
 * @param noticesPerHour messages without a code in the whole realm in any hour; 0 for none
 * @param reverifyMonths after so many months a number has to be proven again; 0 for never
 * @param takenNumbers what happens when somebody proves a number that another account has proven
 * @param vouchedNumbers the user attribute whose numbers count as proven; nothing for none
 * @param newBrowserMail whether users are told of a code accepted in a browser not seen before
 * @param endSessions whether a change or removal of the number ends the user's other sessions
 */
public record LifeSettings(
    int noticesPerHour,
    int reverifyMonths,
    TakenNumbers takenNumbers,
    Optional<String> vouchedNumbers,
    boolean newBrowserMail,
    boolean endSessions) {

  /** What to do with a number that another account has proven. */
  public enum TakenNumbers {
    /** It cannot be proven a second time. */
    REFUSE,
    /** Whoever proves it last has it. */
    TAKE
  }

  /** What holds where an admin has set nothing. */
  public static final LifeSettings DEFAULT =
      new LifeSettings(100, 0, TakenNumbers.REFUSE, Optional.empty(), false, false);

  static final String NOTICES_PER_HOUR = "noticesPerHour";
  static final String REVERIFY_MONTHS = "reverifyMonths";
  static final String TAKEN_NUMBERS = "takenNumbers";
  static final String VOUCHED_NUMBERS = "vouchedNumbers";
  static final String NEW_BROWSER_MAIL = "newBrowserMail";
  static final String END_SESSIONS = "endSessions";

  private static final int MOST_NOTICES = 10_000;
  private static final int MOST_MONTHS = 60;
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

  /**
   * These settings of a realm; each that is missing has its default.
   *
   * @throws InvalidSettings when one cannot be used
   */
  public static LifeSettings of(RealmModel realm) {
    RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(REALM_SETTINGS_ALIAS);
    return read(new SettingsReader(config == null ? Map.of() : config.getConfig()));
  }

  static LifeSettings read(SettingsReader settings) {
    Optional<String> vouched = settings.text(VOUCHED_NUMBERS);
    if (vouched.isPresent() && !ATTRIBUTE.matcher(vouched.get()).matches()) {
      throw new InvalidSettings(VOUCHED_NUMBERS, "must be the name of one user attribute");
    }
    return new LifeSettings(
        settings.number(NOTICES_PER_HOUR, 0, MOST_NOTICES, DEFAULT.noticesPerHour()),
        settings.number(REVERIFY_MONTHS, 0, MOST_MONTHS, DEFAULT.reverifyMonths()),
        settings.choice(TAKEN_NUMBERS, TakenNumbers.class, DEFAULT.takenNumbers()),
        vouched,
        settings.flag(NEW_BROWSER_MAIL, DEFAULT.newBrowserMail()),
        settings.flag(END_SESSIONS, DEFAULT.endSessions()));
  }

  static List<ProviderConfigProperty> properties() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(TAKEN_NUMBERS)
        .label("Numbers of another account")
        .helpText(
            "With one account per number: refuse, or take the number from the account that had it"
                + " before. That account keeps asking for a second factor and has to use another"
                + " one; both users get a mail.")
        .type(ProviderConfigProperty.LIST_TYPE)
        .options(SettingsReader.names(TakenNumbers.class))
        .defaultValue("refuse")
        .add()
        .property()
        .name(REVERIFY_MONTHS)
        .label("Prove numbers again after")
        .helpText(
            "Months after which a login asks whether the number is still the user's, 0 to "
                + MOST_MONTHS
                + ". 0: never.")
        .type(ProviderConfigProperty.STRING_TYPE)
        .defaultValue(Integer.toString(DEFAULT.reverifyMonths()))
        .add()
        .property()
        .name(VOUCHED_NUMBERS)
        .label("Vouched numbers")
        .helpText(
            "A user attribute that only admins can write. Its number counts as proven from the"
                + " user's first login on: you vouch for it. Empty: never.")
        .type(ProviderConfigProperty.STRING_TYPE)
        .add()
        .property()
        .name(NOTICES_PER_HOUR)
        .label("Notices per hour")
        .helpText(
            "Messages to numbers that were changed or removed, in the whole realm in any hour, 0 to "
                + MOST_NOTICES
                + ". 0: none. Mails are not counted.")
        .type(ProviderConfigProperty.STRING_TYPE)
        .defaultValue(Integer.toString(DEFAULT.noticesPerHour()))
        .add()
        .property()
        .name(NEW_BROWSER_MAIL)
        .label("Mail for a new browser")
        .helpText("Tells users by mail of a code accepted in a browser not seen before.")
        .type(ProviderConfigProperty.BOOLEAN_TYPE)
        .defaultValue(DEFAULT.newBrowserMail())
        .add()
        .property()
        .name(END_SESSIONS)
        .label("A change ends other sessions")
        .helpText("When a number is changed or removed, all other sessions of its user end.")
        .type(ProviderConfigProperty.BOOLEAN_TYPE)
        .defaultValue(DEFAULT.endSessions())
        .add()
        .build();
  }
}
