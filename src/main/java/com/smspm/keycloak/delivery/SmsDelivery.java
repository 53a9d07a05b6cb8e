package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.SmsMessage;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Brings messages to a gateway: the SPI {@code sms-delivery}. */
public interface SmsDelivery extends Provider {

  /**
   * Sends a message once this request's transaction has committed, in the background; the request
   * does not wait. Where it rolls back nothing is sent.
   *
   * @param whenNotSent called in a transaction of its own when the message was certainly not sent,
   *     to give back what was claimed for it
   */
  void send(RealmModel realm, SmsMessage message, Consumer<KeycloakSession> whenNotSent);

  /** What became of a message, as every node of the cluster knows it. */
  DeliveryState stateOf(RealmModel realm, String messageId);

  @Override
  default void close() {}
}
