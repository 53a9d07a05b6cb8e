package com.smspm.keycloak.gateway;

import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/**
 * A way out for text messages: the SPI {@code sms-gateway}. Implement this and {@link
 * SmsGatewayFactory} to send through something else than SMSPM.
 */
public interface SmsGateway extends Provider {

  /**
   * The channel for a realm's messages, or nothing when there is no account for it. Called within a
   * request; what is needed of the realm or its vault is read here.
   *
   * @throws RuntimeException when the realm's settings for this gateway cannot be used; its message
   *     reaches the log, so it names the setting and never a secret
   */
  Optional<Channel> channel(RealmModel realm);

  @Override
  default void close() {}

  /**
   * Sends messages with one account. Used from many threads at once, and after the session that
   * made it has ended.
   */
  @FunctionalInterface
  interface Channel {

    /**
     * Sends one message once, and waits for the answer: no retry, and a bounded time. Every failure
     * is an outcome; an exception counts as {@link SendOutcome.Unclear}.
     */
    SendOutcome send(SmsMessage message);

    /**
     * Which account of the gateway this is, when it has several: failures are counted for each. It
     * reaches the log, so it is a name and never a secret.
     */
    default String account() {
      return "";
    }
  }
}
