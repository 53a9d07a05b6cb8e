package com.smspm.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.smspm.keycloak.code.CodePolicy;
import com.smspm.keycloak.limits.GuardMode;
import com.smspm.keycloak.limits.SendLimits;
import com.smspm.keycloak.phone.NumberPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.provider.ProviderConfigProperty;

class RealmSettingsTest {

  private static final RealmSettings DEFAULTS =
      new RealmSettings(
          CodePolicy.DEFAULT,
          NumberPolicy.DEFAULT,
          true,
          SendLimits.DEFAULT,
          GuardMode.ON,
          LifeSettings.DEFAULT);

  @Test
  void aRealmWithoutSettingsHasTheDefaults() {
    assertThat(RealmSettings.read(null)).isEqualTo(DEFAULTS);
    assertThat(RealmSettings.read(Map.of())).isEqualTo(DEFAULTS);
    assertThat(RealmSettings.of(Realms.with(null))).isEqualTo(DEFAULTS);
  }

  @Test
  void theSettingsAreThoseOfTheRequiredAction() {
    assertThat(RealmSettings.of(Realms.with(Map.of("codeLength", "7"))).enrolment().length())
        .isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"off, OFF", "monitor, MONITOR", "on, ON", "' ', ON"})
  void theGuardIsOnUnlessARealmSaysOtherwise(String value, GuardMode mode) {
    assertThat(RealmSettings.read(Map.of("pumpingGuard", value)).pumpingGuard()).isEqualTo(mode);
  }

  @Test
  void everyNumberSettingIsRead() {
    NumberPolicy numbers =
        RealmSettings.read(
                Map.of(
                    "defaultCountry", "ee",
                    "allowedCountries", "EE, DE;GB FI##LV",
                    "deniedCountries", "LV",
                    "deniedPrefixes", "+3725, +88",
                    "allowVoip", "true",
                    "allowLandline", "false"))
            .numbers();
    assertThat(numbers)
        .isEqualTo(
            new NumberPolicy(
                Optional.of("EE"),
                Set.of("EE", "DE", "GB", "FI", "LV"),
                Set.of("LV"),
                true,
                false,
                Set.of("+3725", "+88")));
  }

  @Test
  void everyBudgetIsRead() {
    Map<String, String> config =
        Map.of(
            "perNumberHour", "3",
            "perNumberDay", "10",
            "perUserHour", "4",
            "perUserDay", "20",
            "perAddressHour", "100",
            "perRealmHour", "1000",
            "perRealmDay", "0");

    assertThat(RealmSettings.read(config).sends())
        .isEqualTo(new SendLimits(3, 10, 4, 20, 100, OptionalInt.of(1000), OptionalInt.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "defaultCountry,Estonia,Estonia",
    "defaultCountry,ZZ,ZZ",
    "allowedCountries,'EE,Atlantis',Atlantis",
    "deniedCountries,XX,XX",
    "deniedPrefixes,3725,plus sign",
    "deniedPrefixes,+0,plus sign",
    "allowVoip,yes,true or false",
    "allowLandline,TRUE,true or false",
    "pumpingGuard,ON,'off, monitor, on'",
    "codeLength,4,6 to 8",
    "codeValidity,3600,60 to 600",
    "maxAttempts,100,3 to 5",
    "uniqueNumbers,no,true or false",
    "perNumberHour,6,3 to 5",
    "perNumberDay,4,5 to 50",
    "perUserHour,2,3 to 20",
    "perUserDay,51,5 to 50",
    "perAddressHour,1,5 to 10000",
    "perRealmHour,9,10 to 1000000",
    "perRealmDay,-1,10 to 1000000",
    "hash,abc,vault",
    "token,abc,vault",
    "sender,A name that is too long,11"
  })
  void anImpossibleValueIsNamedWithWhatIsAllowed(String setting, String value, String allowed) {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> RealmSettings.read(Map.of(setting, value)))
        .withMessageStartingWith(setting + ": ")
        .withMessageContaining(allowed)
        .extracting(InvalidSettings::setting)
        .isEqualTo(setting);
  }

  @Test
  void aRealmThatDeniesAllItAllowsIsRefused() {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(
            () ->
                RealmSettings.read(
                    Map.of("allowedCountries", "EE DE", "deniedCountries", "DE EE FI")))
        .withMessageStartingWith("allowedCountries: ");
  }

  @Test
  void theFormOffersItsOwnDefaults() {
    for (ProviderConfigProperty property : RealmSettings.properties()) {
      Object value = property.getDefaultValue();
      Map<String, String> config =
          value == null ? Map.of() : Map.of(property.getName(), value.toString());
      assertThat(RealmSettings.read(config)).isEqualTo(DEFAULTS);
    }
    assertThat(RealmSettings.properties())
        .extracting(ProviderConfigProperty::getName)
        .contains("codeLength", "allowedCountries", "allowVoip", "hash", "token", "sender")
        .doesNotHaveDuplicates();
  }
}
