package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Challenge;
import com.smspm.keycloak.delivery.DeliveryState;
import com.smspm.keycloak.delivery.MessageStatus;
import com.smspm.keycloak.delivery.SmsDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What became of the message that a challenge has sent last. While nobody is identified nothing of
 * it is told, and the page has nothing to ask: so nothing shows whether a number is known.
 */
final class NewestMessage {

  private final RealmModel realm;
  private final SmsDelivery delivery;

  NewestMessage(KeycloakSession session, RealmModel realm) {
    this.realm = realm;
    this.delivery = session.getProvider(SmsDelivery.class);
  }

  /** For the page. */
  Optional<ChallengeStatus.Delivery> of(ChallengeRequest request, Challenge challenge) {
    if (request.door().isPresent()) {
      return Optional.of(ChallengeStatus.Delivery.UNTOLD);
    }
    String id = id(challenge);
    MessageStatus status = delivery.statusOf(realm, id);
    return Optional.of(
        new ChallengeStatus.Delivery(
            status.state(), status.complete(), status.notSent(), delivery.statusPath(realm, id)));
  }

  /**
   * Until another may be asked for. The wait of a message that was not sent was given back with its
   * budgets: what the notes say no longer holds.
   */
  static long secondsUntilNext(
      Challenge challenge, Optional<ChallengeStatus.Delivery> message, Instant now) {
    return message.filter(it -> it.notSent()).isPresent() ? 0 : challenge.secondsUntilResend(now);
  }

  DeliveryState state(Challenge challenge) {
    return delivery.statusOf(realm, id(challenge)).state();
  }

  private static String id(Challenge challenge) {
    List<Challenge.SentCode> codes = challenge.codes();
    return codes.get(codes.size() - 1).messageId();
  }
}
