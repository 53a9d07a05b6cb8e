package com.smspm.keycloak.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::1",
    "[2001:db8:1:2::9], 2001:db8:1:2:ffff::",
    "fe80::1%eth0, fe80::2",
    "::ffff:192.0.2.7, 192.0.2.7"
  })
  void oneClientIsOneAddress(String address, String same) {
    assertThat(ClientAddress.network(address)).isEqualTo(ClientAddress.network(same));
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.7, 192.0.2.8", "2001:db8:1:2::1, 2001:db8:1:3::1", "::1, 127.0.0.1"})
  void twoClientsAreTwo(String address, String other) {
    assertThat(ClientAddress.network(address)).isNotEqualTo(ClientAddress.network(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "host.example", "999.1.1.1", ":::", "1.2.3.4.5", "%"})
  void whatIsNoAddressIsTakenAsItIsAndNeverLookedUp(String noAddress) {
    assertThat(ClientAddress.network(noAddress)).isIn(noAddress, "");
  }

  @Test
  void noAddressAtAllIsOneClient() {
    assertThat(ClientAddress.network(null)).isEmpty();
  }
}
