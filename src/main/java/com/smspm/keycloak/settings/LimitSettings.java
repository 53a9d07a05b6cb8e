package com.smspm.keycloak.settings;

import com.smspm.keycloak.limits.SendLimits;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The part of a realm's settings that says how many messages may be sent. */
final class LimitSettings {

  static final String PER_NUMBER_HOUR = "perNumberHour";
  static final String PER_NUMBER_DAY = "perNumberDay";
  static final String PER_USER_HOUR = "perUserHour";
  static final String PER_USER_DAY = "perUserDay";
  static final String PER_ADDRESS_HOUR = "perAddressHour";
  static final String PER_REALM_HOUR = "perRealmHour";
  static final String PER_REALM_DAY = "perRealmDay";

  private static final String STRANGERS =
      " Doors where the number is not yet proven to be the user's may use three fifths of it.";

  private LimitSettings() {}

  static SendLimits read(SettingsReader settings) {
    SendLimits none = SendLimits.DEFAULT;
    return new SendLimits(
        settings.number(
            PER_NUMBER_HOUR, SendLimits.MIN_HOUR, SendLimits.MAX_NUMBER_HOUR, none.numberHour()),
        settings.number(PER_NUMBER_DAY, SendLimits.MIN_DAY, SendLimits.MAX_DAY, none.numberDay()),
        settings.number(
            PER_USER_HOUR, SendLimits.MIN_HOUR, SendLimits.MAX_USER_HOUR, none.userHour()),
        settings.number(PER_USER_DAY, SendLimits.MIN_DAY, SendLimits.MAX_DAY, none.userDay()),
        settings.number(
            PER_ADDRESS_HOUR,
            SendLimits.MIN_ADDRESS_HOUR,
            SendLimits.MAX_ADDRESS_HOUR,
            none.addressHour()),
        settings.limit(PER_REALM_HOUR, SendLimits.MIN_REALM, SendLimits.MAX_REALM),
        settings.limit(PER_REALM_DAY, SendLimits.MIN_REALM, SendLimits.MAX_REALM));
  }

  static List<ProviderConfigProperty> properties() {
    SendLimits none = SendLimits.DEFAULT;
    return List.of(
        property(
            PER_NUMBER_HOUR,
            "Messages per number and hour",
            SendLimits.MIN_HOUR,
            SendLimits.MAX_NUMBER_HOUR,
            STRANGERS,
            none.numberHour()),
        property(
            PER_NUMBER_DAY,
            "Messages per number and day",
            SendLimits.MIN_DAY,
            SendLimits.MAX_DAY,
            "",
            none.numberDay()),
        property(
            PER_USER_HOUR,
            "Messages per user and hour",
            SendLimits.MIN_HOUR,
            SendLimits.MAX_USER_HOUR,
            STRANGERS,
            none.userHour()),
        property(
            PER_USER_DAY,
            "Messages per user and day",
            SendLimits.MIN_DAY,
            SendLimits.MAX_DAY,
            "",
            none.userDay()),
        property(
            PER_ADDRESS_HOUR,
            "Messages per client address and hour",
            SendLimits.MIN_ADDRESS_HOUR,
            SendLimits.MAX_ADDRESS_HOUR,
            " Counted only where the number is not yet proven; a message comes back when its code is"
                + " entered. An IPv6 network of 64 bits counts as one address.",
            none.addressHour()),
        property(
            PER_REALM_HOUR,
            "Messages per realm and hour",
            SendLimits.MIN_REALM,
            SendLimits.MAX_REALM,
            " Empty or 0: no cap. An event tells when 80 % are used.",
            null),
        property(
            PER_REALM_DAY,
            "Messages per realm and day",
            SendLimits.MIN_REALM,
            SendLimits.MAX_REALM,
            " Empty or 0: no cap. An event tells when 80 % are used.",
            null));
  }

  private static ProviderConfigProperty property(
      String name, String label, int least, int most, String more, Integer otherwise) {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(name)
        .label(label)
        .helpText("At most so many, " + least + " to " + most + "." + more)
        .type(ProviderConfigProperty.STRING_TYPE)
        .defaultValue(otherwise == null ? null : otherwise.toString())
        .add()
        .build()
        .get(0);
  }
}
