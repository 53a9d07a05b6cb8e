package com.smspm.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.smspm.keycloak.code.CodePolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

class CodeSettingsTest {

  @Test
  void aStepWhoseGearNobodyOpenedHasTheDefaults() {
    assertThat(CodeSettings.of(null)).isEqualTo(CodePolicy.DEFAULT);
    assertThat(CodeSettings.of(new AuthenticatorConfigModel())).isEqualTo(CodePolicy.DEFAULT);
  }

  @Test
  void anEmptyFieldIsAMissingOne() {
    assertThat(CodeSettings.read(Map.of("codeLength", "", "codeValidity", "  ")))
        .isEqualTo(CodePolicy.DEFAULT);
  }

  @Test
  void everySettingIsRead() {
    AuthenticatorConfigModel config = new AuthenticatorConfigModel();
    config.setConfig(
        Map.of("codeLength", "8", "codeValidity", " 600 ", "maxAttempts", "3", "resendWait", "15"));
    assertThat(CodeSettings.of(config))
        .isEqualTo(new CodePolicy(8, Duration.ofMinutes(10), 3, Duration.ofSeconds(15)));
  }

  @ParameterizedTest
  @CsvSource({
    "codeLength,5,6 to 8",
    "codeLength,9,6 to 8",
    "codeLength,six,6 to 8",
    "codeLength,6.5,6 to 8",
    "codeValidity,59,60 to 600",
    "codeValidity,601,60 to 600",
    "codeValidity,99999999999999999999,60 to 600",
    "maxAttempts,2,3 to 5",
    "maxAttempts,6,3 to 5",
    "maxAttempts,-3,3 to 5",
    "resendWait,14,15 to 300",
    "resendWait,301,15 to 300"
  })
  void anImpossibleValueIsNamedWithItsRange(String setting, String value, String range) {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> CodeSettings.read(Map.of(setting, value)))
        .withMessageStartingWith(setting + ": ")
        .withMessageContaining("\"" + value.substring(0, Math.min(20, value.length())) + "\"")
        .withMessageEndingWith("from " + range)
        .extracting(InvalidSettings::setting)
        .isEqualTo(setting);
  }

  @Test
  void aHugeOrOddValueIsQuotedInPart() {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> CodeSettings.read(Map.of("codeLength", "1\n2" + "x".repeat(10_000))))
        .withMessageContaining("\"1?2" + "x".repeat(17) + "\"")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(120));
  }

  @Test
  void theFormOffersItsOwnDefaults() {
    assertThat(CodeSettings.stepProperties())
        .extracting(ProviderConfigProperty::getName)
        .containsExactly(
            "codeLength", "codeValidity", "maxAttempts", "resendWait", "trustedDeviceDays");
    for (ProviderConfigProperty property : CodeSettings.stepProperties()) {
      assertThat(CodeSettings.read(Map.of(property.getName(), (String) property.getDefaultValue())))
          .isEqualTo(CodePolicy.DEFAULT);
    }
  }

  @Test
  void everyOptionOfAListIsPossible() {
    for (ProviderConfigProperty property : CodeSettings.stepProperties()) {
      if (property.getOptions() != null) {
        for (String option : property.getOptions()) {
          assertThat(CodeSettings.read(Map.of(property.getName(), option))).isNotNull();
        }
      }
    }
  }
}
