package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.SmsMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Brings messages to a gateway, and knows what became of them: the SPI {@code sms-delivery}. */
public interface SmsDelivery extends Provider {

  /**
   * Sends a message once this request's transaction has committed, in the background; the request
   * does not wait. Where it rolls back nothing is sent.
   *
   * @param usefulUntil when what it says ends, by the server's clock: it is not sent from then on
   * @param whenNotSent called in a transaction of its own when the message was certainly not sent,
   *     to give back what was claimed for it
   */
  void send(
      RealmModel realm,
      SmsMessage message,
      Instant usefulUntil,
      Consumer<KeycloakSession> whenNotSent);

  /**
   * Takes as much of this request's time as {@link #send}, and sends nothing. Nothing will ever be
   * known of the message.
   *
   * @param afterwards called as {@code whenNotSent} would be
   */
  void pretend(
      RealmModel realm,
      SmsMessage message,
      Instant usefulUntil,
      Consumer<KeycloakSession> afterwards);

  /** What became of a message, as every node of the cluster knows it; for half an hour. */
  MessageStatus statusOf(RealmModel realm, String messageId);

  /**
   * The path under which a page of this server can ask for a message's status, without a session.
   * It is a capability: whoever has it can ask.
   */
  String statusPath(RealmModel realm, String messageId);

  /** What became of the message that a capability for asking is about; nothing for a forged one. */
  Optional<MessageStatus> statusBy(RealmModel realm, String capability);

  /**
   * What a capability for reporting is about; nothing for one that is forged, or whose time is
   * over. Looks into no store.
   */
  Optional<Sending> reportedBy(RealmModel realm, String capability);

  /** Notes what a gateway has reported; what contradicts an end that is known changes nothing. */
  void report(RealmModel realm, Sending sending, ReportedState state);

  @Override
  default void close() {}
}
