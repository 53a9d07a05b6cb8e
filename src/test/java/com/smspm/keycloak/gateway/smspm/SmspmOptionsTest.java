package com.smspm.keycloak.gateway.smspm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.provider.ProviderConfigProperty;

class SmspmOptionsTest {

  @Test
  void aServerWithoutOptionsHasSafeDefaultsAndNoAccount() {
    SmspmOptions options = read(Map.of());
    assertThat(options.endpoint()).hasToString("https://api.smspm.com/");
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.callTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.account().sender()).isEqualTo("smspm.com");
    assertThat(options.account().isComplete()).isFalse();
  }

  @Test
  void anAccountNeedsBothSecrets() {
    assertThat(read(Map.of("hash", "h", "token", " ")).account().isComplete()).isFalse();
    assertThat(read(Map.of("token", "t")).account().isComplete()).isFalse();
    assertThat(read(Map.of("hash", " h ", "token", "t")).account())
        .isEqualTo(new SmspmOptions.Account(Optional.of("h"), Optional.of("t"), "smspm.com"));
  }

  @Test
  void theSecretsAreNotShown() {
    assertThat(read(Map.of("hash", "s3cret-h", "token", "s3cret-t")).toString())
        .contains("smspm.com")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://gateway.example",
        "https://gateway.example:8443/v2",
        "http://localhost:8099",
        "http://LOCALHOST",
        "http://127.0.0.1:8099",
        "http://127.8.9.10",
        "http://[::1]:8099"
      })
  void httpsAndLoopbackAreEndpoints(String endpoint) {
    assertThat(read(Map.of("endpoint", endpoint)).endpoint()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gateway.example",
        "http://localhost.gateway.example",
        "http://127.0.0.1.gateway.example",
        "http://128.0.0.1",
        "http://[::2]",
        "http://localhost@gateway.example/"
      })
  void codesDoNotTravelInClearUnlessAllowed(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of("endpoint", endpoint)))
        .withMessageContaining("endpoint")
        .withMessageContaining("https");
    assertThat(read(Map.of("endpoint", endpoint, "allow-http", "true")).endpoint()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gateway.example", "ftp://gateway.example", "https://"})
  void whatIsNoAddressIsNoEndpointEvenIfHttpIsAllowed(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of("endpoint", endpoint, "allow-http", "true")))
        .withMessageContaining("endpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect-timeout", "call-timeout"})
  void timeoutsLieBetweenATenthOfASecondAndAMinute(String option) {
    for (String possible : new String[] {"100", "60000", " 5000 "}) {
      assertThat(read(Map.of(option, possible))).isNotNull();
    }
    for (String impossible : new String[] {"99", "60001", "0", "-1", "2s", "1e3"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(Map.of(option, impossible)))
          .withMessageContaining(option)
          .withMessageContaining("100 to 60000");
    }
  }

  @Test
  void eachTimeoutIsItsOwn() {
    SmspmOptions options = read(Map.of("connect-timeout", "150", "call-timeout", "250"));
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofMillis(150));
    assertThat(options.callTimeout()).isEqualTo(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @CsvSource({"My shop,true", "+37256789045,true", "TWELVE CHARS,false", "'',false"})
  void aSenderHasAFormThatTheGatewayTakes(String sender, boolean possible) {
    if (possible) {
      assertThat(read(Map.of("sender", sender)).account().sender()).isEqualTo(sender);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(Map.of("sender", sender)))
          .withMessageContaining("sender")
          .withMessageContaining("11");
    }
  }

  @Test
  void secretsAreDeclaredAsSuch() {
    assertThat(SmspmOptions.metadata())
        .filteredOn(ProviderConfigProperty::isSecret)
        .extracting(ProviderConfigProperty::getName)
        .containsExactlyInAnyOrder("hash", "token");
  }

  private static SmspmOptions read(Map<String, String> options) {
    return SmspmOptions.read(Fixture.scope(options));
  }
}
