package com.smspm.keycloak.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation (RFC 4632 §3.1, RFC 4291 §2.3), or one address. IPv4 addresses that
 * are mapped into IPv6 ({@code ::ffff:10.0.0.1}) are the IPv4 addresses that they stand for.
 */
final class Network {

  /** One way to write each octet: {@code 010} is eight to some and ten to others. */
  private static final String OCTET = "(?:0|[1-9][0-9]{0,2})";

  /** Only literal addresses are read: a name would be looked up. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          OCTET + "(?:\\." + OCTET + "){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*(?:[0-9]+(?:\\.[0-9]+){3})?");

  private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/(0|[1-9][0-9]{0,2}))?");

  private static final int IPV4_BYTES = 4;

  /** Before the IPv4 address in one that is mapped. */
  private static final int MAPPED_BITS = 96;

  /** The widest networks that are private: 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). */
  private static final int LEAST_BITS_IPV4 = 8;

  private static final int LEAST_BITS_IPV6 = 7;

  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads one that an admin has written.
   *
   * @throws IllegalArgumentException with what is wrong, for the admin
   */
  static Network parse(String text) {
    Matcher matcher = NETWORK.matcher(text);
    byte[] address =
        (matcher.matches() ? bytes(matcher.group(1)) : Optional.<byte[]>empty())
            .orElseThrow(
                () -> new IllegalArgumentException("a network like 192.0.2.0/24 or 2001:db8::/32"));
    int most = address.length * Byte.SIZE;
    int bits = most;
    if (matcher.group(2) != null) {
      bits = Integer.parseInt(matcher.group(2));
      if (address.length == IPV4_BYTES && matcher.group(1).contains(":")) {
        bits -= MAPPED_BITS;
      }
    }
    int least = address.length == IPV4_BYTES ? LEAST_BITS_IPV4 : LEAST_BITS_IPV6;
    if (bits < least || bits > most) {
      throw new IllegalArgumentException("at least /" + least + " and at most /" + most);
    }
    Network network = new Network(address, bits);
    for (int bit = bits; bit < most; bit++) {
      if (network.bitOf(address, bit) != 0) {
        throw new IllegalArgumentException(
            "no bit behind the first " + bits + " may be set: is one address meant, or another?");
      }
    }
    return network;
  }

  /** Whether a client's address is in it; what is no literal address is in none. */
  boolean contains(String client) {
    return client != null
        && bytes(client.replaceFirst("%.*$", "").replaceAll("^\\[(.*)]$", "$1"))
            .filter(this::contains)
            .isPresent();
  }

  private boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (bitOf(other, bit) != bitOf(address, bit)) {
        return false;
      }
    }
    return true;
  }

  private int bitOf(byte[] of, int bit) {
    return of[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1;
  }

  /** Four bytes, or sixteen. */
  private static Optional<byte[]> bytes(String literal) {
    if (!ADDRESS.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      // A mapped address becomes an IPv4 one here
      return Optional.of(InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }
}
