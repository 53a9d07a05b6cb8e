package com.smspm.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountSettingsTest {

  private static final AccountSettings NONE =
      new AccountSettings(Optional.empty(), Optional.empty(), Optional.empty());

  @Test
  void aRealmWithoutSettingsHasNoAccountOfItsOwn() {
    assertThat(AccountSettings.of(Realms.with(null))).isEqualTo(NONE);
    assertThat(AccountSettings.read(Map.of("hash", " ", "token", ""))).isEqualTo(NONE);
  }

  @Test
  void secretsAreReferencesIntoTheVault() {
    assertThat(
            AccountSettings.of(
                Realms.with(
                    Map.of(
                        "hash", "${vault.smspm-hash}",
                        "token", "${vault.smspm-token}",
                        "sender", "My shop"))))
        .isEqualTo(
            new AccountSettings(
                Optional.of("${vault.smspm-hash}"),
                Optional.of("${vault.smspm-token}"),
                Optional.of("My shop")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret-value",
        "${vault.}",
        "${vault.a}s3cret-value",
        "s3cret-value${vault.a}",
        "${env.s3cret-value}",
        "${vault.a${vault.s3cret-value}}",
        "$(vault.s3cret-value)"
      })
  void aSecretInClearIsRefusedAndNotRepeated(String value) {
    for (String setting : new String[] {"hash", "token"}) {
      assertThatExceptionOfType(InvalidSettings.class)
          .isThrownBy(() -> AccountSettings.read(Map.of(setting, value)))
          .withMessageStartingWith(setting + ": ")
          .withMessageContaining("${vault.name}")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smspm.com",
        "My shop",
        "A",
        "ELEVENCHARS",
        "+37256789045",
        "123",
        "123456789012345"
      })
  void aNameOrANumberIsASender(String sender) {
    assertThat(AccountSettings.isSender(sender)).isTrue();
    assertThat(AccountSettings.read(Map.of("sender", sender)).sender()).contains(sender);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "TWELVE_CHARS", "1234567890123456", "+12", "Caf\u00e9", "a\nb", "<b>"})
  void anythingElseIsNone(String sender) {
    assertThat(AccountSettings.isSender(sender)).isFalse();
  }

  @Test
  void aSenderThatIsNoneIsRefusedByName() {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> AccountSettings.read(Map.of("sender", "TWELVE CHARS")))
        .withMessageStartingWith("sender: ")
        .withMessageContaining("11 letters");
  }
}
