package com.smspm.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.AuthenticatorConfigModel;

class DeviceSettingsTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "'', 0", "1, 1", "30, 30", "365, 365"})
  void daysThatAreOffered(String setting, int days) {
    assertThat(DeviceSettings.offered(config("trustedDeviceDays", setting)))
        .isEqualTo(Duration.ofDays(days))
        .isLessThanOrEqualTo(DeviceSettings.LONGEST);
  }

  @Test
  void withoutSettingsNothingIsOfferedAndNothingNegated() {
    assertThat(DeviceSettings.offered(null)).isZero();
    assertThat(DeviceSettings.forTrusted(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "366", "1.5", "30 days", "٣٠x", "99999999999"})
  void daysThatCannotBe(String setting) {
    assertThatThrownBy(() -> DeviceSettings.offered(config("trustedDeviceDays", setting)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("trustedDeviceDays");
  }

  @Test
  void negatedIsTrueOrFalse() {
    assertThat(DeviceSettings.forTrusted(config("negate", "true"))).isTrue();
    assertThat(DeviceSettings.forTrusted(config("negate", "false"))).isFalse();
    assertThatThrownBy(() -> DeviceSettings.forTrusted(config("negate", "yes")))
        .isInstanceOf(InvalidSettings.class);
  }

  @Test
  void theFormsOfferTheirOwnDefaults() {
    DeviceSettings.stepProperties()
        .forEach(
            it ->
                assertThat(DeviceSettings.offered(config(it.getName(), "" + it.getDefaultValue())))
                    .isZero());
    DeviceSettings.conditionProperties()
        .forEach(
            it ->
                assertThat(
                        DeviceSettings.forTrusted(config(it.getName(), "" + it.getDefaultValue())))
                    .isFalse());
  }

  private static AuthenticatorConfigModel config(String name, String value) {
    AuthenticatorConfigModel config = new AuthenticatorConfigModel();
    config.setConfig(Map.of(name, value));
    return config;
  }
}
