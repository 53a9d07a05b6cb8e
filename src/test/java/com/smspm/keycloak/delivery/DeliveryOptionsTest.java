package com.smspm.keycloak.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.gateway.smspm.Fixture;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryOptionsTest {

  @Test
  void withoutOptionsTheDefaultsHold() {
    DeliveryOptions options = read(Map.of(), Map.of());

    assertThat(options.gateways()).containsExactly("smspm", "smspm-backup");
    assertThat(options.maxConcurrent()).isEqualTo(32);
    assertThat(options.queueSize()).isEqualTo(1000);
    assertThat(options.retryUnclear()).isFalse();
    assertThat(options.reportBase()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "257", "many", "", "1e3"})
  void aNumberThatCannotBeIsTheDefault(String value) {
    assertThat(read(Map.of("max-concurrent", value), Map.of()).maxConcurrent()).isEqualTo(32);
  }

  @Test
  void gatewaysAreAList() {
    assertThat(read(Map.of("gateways", " other, smspm "), Map.of()).gateways())
        .containsExactly("other", "smspm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example.com",
        "https://id.example.com:8443/auth",
        "http://localhost:8080",
        "http://127.0.0.1",
        "http://[::1]:8080/"
      })
  void anAddressThatAnAdminGivesIsUsedAsItIs(String address) {
    assertThat(read(Map.of("report-base-url", address), Map.of("hostname", "other.example")))
        .returns(
            Optional.of(new ReportBase(URI.create(address), true)), DeliveryOptions::reportBase);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://id.example.com",
        "id.example.com",
        "https://user:secret@id.example.com",
        "https://id.example.com/?a=b",
        "https://id.example.com/#a",
        "ftp://id.example.com",
        "https:///path",
        "not an address",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com"
      })
  void anAddressThatCannotBeIsNoneAndNotReplaced(String address) {
    assertThat(read(Map.of("report-base-url", address), Map.of("hostname", "id.example")))
        .returns(Optional.empty(), DeliveryOptions::reportBase);
  }

  @Test
  void keycloaksOwnAddressIsTheNextBest() {
    assertThat(read(Map.of(), Map.of("hostname", "https://id.example/auth")).reportBase())
        .contains(new ReportBase(URI.create("https://id.example/auth"), true));
    assertThat(read(Map.of(), Map.of("hostname", "id.example")).reportBase())
        .contains(new ReportBase(URI.create("https://id.example"), false));
    assertThat(read(Map.of(), Map.of("hostname", "http://id.example")).reportBase()).isEmpty();
  }

  private static DeliveryOptions read(Map<String, String> own, Map<String, String> hostname) {
    return DeliveryOptions.read(Fixture.scope(own), Fixture.scope(hostname));
  }
}
