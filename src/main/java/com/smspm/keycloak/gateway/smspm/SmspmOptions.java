package com.smspm.keycloak.gateway.smspm;

import com.smspm.keycloak.settings.AccountSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * The server options of one SMSPM account.
 *
 * @param endpoint where messages are posted to
 * @param account the server's account; realms may have one of their own
 * @param connectTimeout until a connection stands
 * @param callTimeout until the whole answer is there
 */
record SmspmOptions(
    HttpUrl endpoint, Account account, Duration connectTimeout, Duration callTimeout) {

  // As an admin writes them, so that a complaint names what was written
  static final String ENDPOINT = "endpoint";
  static final String HASH = "hash";
  static final String TOKEN = "token";
  static final String SENDER = "sender";
  static final String CONNECT_TIMEOUT = "connect-timeout";
  static final String CALL_TIMEOUT = "call-timeout";
  static final String ALLOW_HTTP = "allow-http";

  private static final String DEFAULT_ENDPOINT = "https://api.smspm.com";

  /** Works for every new account (SMSPM, API documents v2.0). */
  private static final String DEFAULT_SENDER = "smspm.com";

  private static final int DEFAULT_CONNECT_MILLIS = 2_000;
  private static final int DEFAULT_CALL_MILLIS = 10_000;
  private static final int LEAST_MILLIS = 100;
  private static final int MOST_MILLIS = 60_000;

  /** Who pays, and as whom the message comes. Neither secret is ever shown. */
  record Account(Optional<String> hash, Optional<String> token, String sender) {

    boolean isComplete() {
      return hash.isPresent() && token.isPresent();
    }

    @Override
    public String toString() {
      return "Account[" + sender + "]";
    }
  }

  /**
   * @throws IllegalArgumentException when an option cannot be used; the message names it and what
   *     is allowed, and never a secret
   */
  static SmspmOptions read(Config.Scope config) {
    String sender = config.get(SENDER, DEFAULT_SENDER).strip();
    if (!AccountSettings.isSender(sender)) {
      throw new IllegalArgumentException(
          "sender must have at most 11 letters and digits, or be a number of 3 to 15 digits");
    }
    return new SmspmOptions(
        endpoint(config),
        new Account(text(config, HASH), text(config, TOKEN), sender),
        millis(config, CONNECT_TIMEOUT, DEFAULT_CONNECT_MILLIS),
        millis(config, CALL_TIMEOUT, DEFAULT_CALL_MILLIS));
  }

  private static HttpUrl endpoint(Config.Scope config) {
    HttpUrl url = HttpUrl.parse(config.get(ENDPOINT, DEFAULT_ENDPOINT).strip());
    if (url == null) {
      throw new IllegalArgumentException("endpoint must be an https URL");
    }
    boolean allowHttp = Boolean.parseBoolean(config.get(ALLOW_HTTP, "false").strip());
    if (!url.isHttps() && !isLoopback(url.host()) && !allowHttp) {
      throw new IllegalArgumentException(
          "endpoint must be an https URL: codes do not travel in clear (allow-http is for"
              + " development)");
    }
    return url;
  }

  private static boolean isLoopback(String host) {
    return host.toLowerCase(Locale.ROOT).equals("localhost")
        || host.equals("::1")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static Optional<String> text(Config.Scope config, String option) {
    return Optional.ofNullable(config.get(option)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private static Duration millis(Config.Scope config, String option, int otherwise) {
    Optional<String> text = text(config, option);
    if (text.isEmpty()) {
      return Duration.ofMillis(otherwise);
    }
    try {
      int millis = Integer.parseInt(text.get());
      if (millis >= LEAST_MILLIS && millis <= MOST_MILLIS) {
        return Duration.ofMillis(millis);
      }
    } catch (NumberFormatException notANumber) {
      // falls through to the same complaint
    }
    throw new IllegalArgumentException(
        option
            + " must be a whole number of milliseconds from "
            + LEAST_MILLIS
            + " to "
            + MOST_MILLIS);
  }

  static List<ProviderConfigProperty> metadata() {
    return ProviderConfigurationBuilder.create()
        .property()
        .name(ENDPOINT)
        .type(ProviderConfigProperty.STRING_TYPE)
        .helpText("Where messages are posted to: https, except on loopback.")
        .defaultValue(DEFAULT_ENDPOINT)
        .add()
        .property()
        .name(HASH)
        .type(ProviderConfigProperty.STRING_TYPE)
        .secret(true)
        .helpText("The account's hash.")
        .add()
        .property()
        .name(TOKEN)
        .type(ProviderConfigProperty.STRING_TYPE)
        .secret(true)
        .helpText("The account's token.")
        .add()
        .property()
        .name(SENDER)
        .type(ProviderConfigProperty.STRING_TYPE)
        .helpText("The sender's name or number, as approved by SMSPM.")
        .defaultValue(DEFAULT_SENDER)
        .add()
        .property()
        .name(CONNECT_TIMEOUT)
        .type(ProviderConfigProperty.INTEGER_TYPE)
        .helpText("Milliseconds until a connection stands, 100 to 60000.")
        .defaultValue(DEFAULT_CONNECT_MILLIS)
        .add()
        .property()
        .name(CALL_TIMEOUT)
        .type(ProviderConfigProperty.INTEGER_TYPE)
        .helpText("Milliseconds until the whole answer is there, 100 to 60000.")
        .defaultValue(DEFAULT_CALL_MILLIS)
        .add()
        .property()
        .name(ALLOW_HTTP)
        .type(ProviderConfigProperty.BOOLEAN_TYPE)
        .helpText("Accepts an http endpoint that is not on loopback. For development only.")
        .defaultValue(false)
        .add()
        .build();
  }
}
