package com.smspm.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.smspm.keycloak.settings.LifeSettings.TakenNumbers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifeSettingsTest {

  @Test
  void aRealmWithoutSettingsHasTheSafeDefaults() {
    LifeSettings settings = read(Map.of());

    assertThat(settings).isEqualTo(LifeSettings.DEFAULT);
    assertThat(settings.takenNumbers()).isEqualTo(TakenNumbers.REFUSE);
    assertThat(settings.vouchedNumbers()).isEmpty();
    assertThat(settings.reverifyMonths()).isZero();
  }

  @Test
  void eachIsRead() {
    LifeSettings settings =
        read(
            Map.of(
                "noticesPerHour", "0",
                "reverifyMonths", "12",
                "takenNumbers", "take",
                "vouchedNumbers", " mobile ",
                "newBrowserMail", "true",
                "endSessions", "true"));

    assertThat(settings.noticesPerHour()).isZero();
    assertThat(settings.reverifyMonths()).isEqualTo(12);
    assertThat(settings.takenNumbers()).isEqualTo(TakenNumbers.TAKE);
    assertThat(settings.vouchedNumbers()).contains("mobile");
    assertThat(settings.newBrowserMail()).isTrue();
    assertThat(settings.endSessions()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "noticesPerHour, -1",
    "noticesPerHour, 10001",
    "reverifyMonths, 61",
    "takenNumbers, maybe",
    "vouchedNumbers, 'mobile, phone'",
    "newBrowserMail, yes",
    "endSessions, 1"
  })
  void whatCannotBeIsRefusedAndNamed(String setting, String value) {
    assertThatThrownBy(() -> RealmSettings.read(Map.of(setting, value)))
        .isInstanceOfSatisfying(
            InvalidSettings.class, it -> assertThat(it.setting()).isEqualTo(setting));
  }

  @Test
  void remindersComeMonthly() {
    assertThat(ReminderSettings.read(Map.of()).pause()).isEqualTo(Duration.ofDays(30));
    assertThatThrownBy(() -> ReminderSettings.read(Map.of("reminderDays", "0")))
        .isInstanceOf(InvalidSettings.class);
  }

  private static LifeSettings read(Map<String, String> config) {
    return LifeSettings.read(new SettingsReader(config));
  }
}
