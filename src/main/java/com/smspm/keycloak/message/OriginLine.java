package com.smspm.keycloak.message;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last line that binds a code to a website, so that browsers offer it there and nowhere else:
 * {@code @host #code} (WICG, "Origin-bound one-time codes delivered via SMS").
 */
final class OriginLine {

  /** RFC 1035 §2.3.4: 255 octets with the length bytes, so 253 characters. */
  private static final int MAX_HOST = 253;

  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

  /**
   * Browsers (IDNA 2008) and the JDK (IDNA 2003) read these differently: ß, final sigma and the two
   * zero-width joiners. A line for another host than the browser's is worse than none.
   */
  private static final Pattern READ_DIFFERENTLY = Pattern.compile("[ßẞς\\u200c\\u200d]");

  private OriginLine() {}

  /** The line, when the host is one; a port is dropped, the format has no place for it. */
  static Optional<String> of(Optional<String> host, String code) {
    return host.flatMap(OriginLine::ascii).map(ascii -> "@" + ascii + " #" + code);
  }

  private static Optional<String> ascii(String host) {
    if (host.length() > MAX_HOST || READ_DIFFERENTLY.matcher(host).find()) {
      return Optional.empty();
    }
    try {
      String ascii = IDN.toASCII(PORT.matcher(host).replaceFirst("")).toLowerCase(Locale.ROOT);
      return Optional.of(ascii).filter(it -> it.length() <= MAX_HOST && HOST.matcher(it).matches());
    } catch (IllegalArgumentException noHost) {
      return Optional.empty();
    }
  }
}
