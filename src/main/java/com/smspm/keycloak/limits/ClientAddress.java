package com.smspm.keycloak.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where a request came from, as far as one client can be told from another: an IPv4 address, or the
 * first 64 bits of an IPv6 address, since everybody at home has 2^64 of those (RFC 6177).
 */
final class ClientAddress {

  /** Only a literal address is read: a name would be looked up. */
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  /** What requests from this address are counted under; what is no address is taken as it is. */
  static String network(String address) {
    if (address == null) {
      return "";
    }
    String bare = address.replaceFirst("%.*$", "").replaceAll("[\\[\\]]", "");
    if (!LITERAL.matcher(bare).matches()) {
      return address;
    }
    try {
      InetAddress literal = InetAddress.getByName(bare); // an IPv4-mapped one becomes IPv4 here
      return literal instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(literal.getAddress(), NETWORK_BYTES))
          : literal.getHostAddress();
    } catch (UnknownHostException noAddress) {
      return address;
    }
  }
}
