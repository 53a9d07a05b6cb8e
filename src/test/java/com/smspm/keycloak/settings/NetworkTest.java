package com.smspm.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.AuthenticatorConfigModel;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255",
    "192.0.2.128/25, 192.0.2.128",
    "192.0.2.7, 192.0.2.7",
    "192.0.2.7/32, 192.0.2.7",
    "10.0.0.0/8, ::ffff:10.1.2.3",
    "10.0.0.0/8, ::FFFF:0a01:0203",
    "::ffff:10.0.0.0/104, 10.1.2.3",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8::/32, 2001:db8:ffff::1",
    "2001:DB8::/32, 2001:0db8:0:0:0:0:0:1",
    "fe80::/10, fe80::1%eth0",
    "::1, [::1]",
    "fc00::/7, fdff::1",
    "2001:db8::8000/113, 2001:db8::8001"
  })
  void anAddressInIt(String network, String address) {
    assertThat(Network.parse(network).contains(address)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 11.0.0.0",
    "192.0.2.128/25, 192.0.2.127",
    "192.0.2.7, 192.0.2.8",
    "10.0.0.0/8, ::ffff:11.1.2.3",
    "10.0.0.0/8, ::10.1.2.3",
    "2001:db8::/32, 2001:db9::1",
    "2001:db8::/32, 32.1.13.184",
    "::1, 127.0.0.1",
    "127.0.0.0/8, localhost",
    "10.0.0.0/8, 10.1",
    "10.0.0.0/8, 010.0.0.1",
    "10.0.0.0/8, '10.0.0.1, 10.0.0.2'",
    "10.0.0.0/8, 10.0.0.1:443",
    "10.0.0.0/8, 10.0.0.256",
    "10.0.0.0/8, ''"
  })
  void anAddressOutside(String network, String address) {
    assertThat(Network.parse(network).contains(address)).isFalse();
  }

  @Test
  void noAddressIsOutside() {
    assertThat(Network.parse("10.0.0.0/8").contains(null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "10.0.0/8",
        "10.0.0.1/8",
        "010.0.0.0/8",
        "256.0.0.0/8",
        "0.0.0.0/0",
        "128.0.0.0/1",
        "::/0",
        "::ffff:0:0/96",
        "::ffff:10.0.0.0/8",
        "2001:db8::/129",
        "2001:db8::1/32",
        "2001:db8:::/32",
        "1:2:3:4:5:6:7:8:9/128",
        "fe80::1%eth0",
        "localhost",
        "example.com/24",
        "10.0.0.0-10.0.0.255",
        "*"
      })
  void whatCannotBe(String network) {
    assertThatThrownBy(() -> Network.parse(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("null");
  }

  @Property(tries = 200)
  void aNetworkHoldsWhatBeginsAsItDoes(
      @ForAll int address, @ForAll int other, @IntRange(min = 8, max = 32) @ForAll int bits)
      throws Exception {
    int mask = (int) (-1L << (32 - bits));
    Network network = Network.parse(dotted(address & mask) + "/" + bits);

    assertThat(network.contains(dotted(other)))
        .isEqualTo((other & mask) == (address & mask))
        .isEqualTo(network.contains("::ffff:" + dotted(other)));
    assertThat(network.contains(dotted(address & mask | other & ~mask))).isTrue();
    byte[] bytes = InetAddress.getByName(dotted(address & mask)).getAddress();
    assertThat(Arrays.equals(bytes, new byte[4])).isEqualTo((address & mask) == 0);
  }

  @Test
  void settingsNameWhatIsWrongAndQuoteIt() {
    AuthenticatorConfigModel config = new AuthenticatorConfigModel();
    config.setConfig(java.util.Map.of("trustedNetworks", "10.0.0.0/8##10.0.0.1/8"));

    assertThatThrownBy(() -> NetworkSettings.of(config))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("trustedNetworks")
        .hasMessageContaining("10.0.0.1/8");
    assertThat(NetworkSettings.of(null).contains("10.0.0.1")).isFalse();
  }

  private static String dotted(int address) {
    return String.format(
        Locale.ROOT,
        "%d.%d.%d.%d",
        address >>> 24,
        address >> 16 & 255,
        address >> 8 & 255,
        address & 255);
  }
}
