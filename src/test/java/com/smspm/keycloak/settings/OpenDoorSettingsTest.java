package com.smspm.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.smspm.keycloak.code.CodePolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.AuthenticatorConfigModel;

class OpenDoorSettingsTest {

  @Test
  void whatIsMissingEndsOnTheSafeSide() {
    assertThat(PhoneLoginSettings.of(null))
        .isEqualTo(new PhoneLoginSettings(CodePolicy.DEFAULT, false));
    assertThat(ResetSettings.of(null))
        .isEqualTo(new ResetSettings(CodePolicy.DEFAULT, Duration.ofHours(24), false));
  }

  @Test
  void allIsRead() {
    assertThat(PhoneLoginSettings.of(config(Map.of("acceptUsername", "true"))).usernames())
        .isTrue();
    ResetSettings reset =
        ResetSettings.of(config(Map.of("numberAgeHours", "0", "simAloneIsEnough", "true")));
    assertThat(reset.numberAge()).isZero();
    assertThat(reset.simIsEnough()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "721", "a day"})
  void anAgeThatCannotBeIsRefused(String hours) {
    assertThatThrownBy(() -> ResetSettings.of(config(Map.of("numberAgeHours", hours))))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("numberAgeHours");
  }

  private static AuthenticatorConfigModel config(Map<String, String> settings) {
    AuthenticatorConfigModel model = new AuthenticatorConfigModel();
    model.setConfig(settings);
    return model;
  }
}
