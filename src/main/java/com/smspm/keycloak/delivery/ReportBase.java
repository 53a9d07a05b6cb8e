package com.smspm.keycloak.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What the server's own address begins with, as an admin has written it down: an address that came
 * with a request would let anybody choose where a capability goes.
 *
 * @param address https, or any on loopback
 * @param complete whether it has the server's path already
 */
record ReportBase(URI address, boolean complete) {

  private static final Logger LOG = Logger.getLogger(ReportBase.class);

  /**
   * @param own the option of the delivery; null for none
   * @param hostname Keycloak's own option: an address, or the name of a host that is served over
   *     https at its usual port; null for none
   */
  static Optional<ReportBase> of(String own, String hostname) {
    if (own != null && !own.isBlank()) {
      Optional<URI> address = address(own.strip());
      if (address.isEmpty()) {
        LOG.errorf(
            "spi-sms-delivery--default: %s must be an https URL without a query; no gateway is asked"
                + " for reports",
            DeliveryOptions.REPORT_BASE_URL);
      }
      return address.map(it -> new ReportBase(it, true));
    }
    if (hostname == null || hostname.isBlank()) {
      return Optional.empty();
    }
    boolean complete = hostname.contains("://");
    return address(complete ? hostname.strip() : "https://" + hostname.strip())
        .map(it -> new ReportBase(it, complete));
  }

  /** In clear only on this machine: who reads an address could report in the gateway's name. */
  private static Optional<URI> address(String text) {
    try {
      URI uri = new URI(text);
      boolean plain =
          uri.getHost() != null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      return plain && isSafe(uri) ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException noAddress) {
      return Optional.empty();
    }
  }

  private static boolean isSafe(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme())
        || "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
