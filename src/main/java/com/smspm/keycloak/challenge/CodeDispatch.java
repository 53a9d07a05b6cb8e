package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Challenge;
import com.smspm.keycloak.code.CodeKey;
import com.smspm.keycloak.code.OneTimeCode;
import com.smspm.keycloak.delivery.SmsDelivery;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.limits.Claims;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Makes a code and hands its message over; the clear text goes nowhere else. */
final class CodeDispatch {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final SecureRandom random;
  private final Instant now;

  CodeDispatch(KeycloakSession session, RealmModel realm, SecureRandom random, Instant now) {
    this.session = session;
    this.realm = realm;
    this.random = random;
    this.now = now;
  }

  /**
   * @param next when another message may be asked for, in epoch seconds
   * @param claims given back when the message was surely not sent
   * @param sent whether there is a message; where there is none all else is done as well
   * @return the challenge with one more code
   */
  Challenge send(
      ChallengeRequest request, Challenge challenge, long next, Claims claims, boolean sent) {
    CodeKey key = new CodeKeys(session, realm).byId(challenge.keyId()).orElseThrow();
    OneTimeCode code = OneTimeCode.generate(random, challenge.codeLength());
    int minutes = (int) Math.max(1, challenge.secondsLeft(now) / 60);
    String text = new CodeMessages(session, realm).text(code, request.user(), minutes);
    SmsMessage message =
        new SmsMessage(
            KeycloakModelUtils.generateId(),
            request.purpose(),
            request.number(),
            text,
            Optional.empty());
    Instant usefulUntil = Instant.ofEpochSecond(challenge.expiresAt());
    SmsDelivery delivery = session.getProvider(SmsDelivery.class);
    Consumer<KeycloakSession> whenNotSent = whenNotSent(realm.getId(), message.id(), claims);
    if (sent) {
      delivery.send(realm, message, usefulUntil, whenNotSent);
    } else {
      delivery.pretend(realm, message, usefulUntil, whenNotSent);
    }
    UnsentMessages unsent = new UnsentMessages(session, realm);
    return challenge.with(key, code, message.id(), next, unsent::contains);
  }

  /** Noted first: who may ask again because something was given back finds it noted. */
  private static Consumer<KeycloakSession> whenNotSent(
      String realmId, String messageId, Claims claims) {
    return later -> {
      UnsentMessages.note(later, realmId, messageId);
      claims.release(later);
    };
  }
}
