package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.LogGateway;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.gateway.SmsGateway.Channel;
import com.smspm.keycloak.gateway.SmsMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Sends after commit, on the dispatcher's threads, through the first gateway that has an account.
 */
final class DefaultSmsDelivery implements SmsDelivery {

  private static final Logger LOG = Logger.getLogger(DefaultSmsDelivery.class);

  /** Stands in where no gateway has an account. */
  private static final Channel NOT_CONFIGURED =
      message -> new SendOutcome.NotReached(FailureReason.NOT_CONFIGURED);

  private final KeycloakSession session;
  private final Dispatcher dispatcher;
  private final List<String> gateways;

  DefaultSmsDelivery(KeycloakSession session, Dispatcher dispatcher, List<String> gateways) {
    this.session = session;
    this.dispatcher = dispatcher;
    this.gateways = gateways;
  }

  @Override
  public void send(RealmModel realm, SmsMessage message, Consumer<KeycloakSession> whenNotSent) {
    Transmission transmission =
        new Transmission(
            session.getKeycloakSessionFactory(),
            realm.getId(),
            channel(realm),
            message,
            whenNotSent);
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                dispatcher.submit(transmission);
              }

              @Override
              protected void rollbackImpl() {}
            });
  }

  @Override
  public DeliveryState stateOf(RealmModel realm, String messageId) {
    return new MessageFacts(session, realm).stateOf(messageId);
  }

  /** Chosen at each send, since realms differ and their settings change. */
  private Channel channel(RealmModel realm) {
    return gateways.stream()
        .map(id -> channel(id, realm))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> channel(LogGateway.ID, realm))
        .orElse(NOT_CONFIGURED);
  }

  private Optional<Channel> channel(String gatewayId, RealmModel realm) {
    SmsGateway gateway = session.getProvider(SmsGateway.class, gatewayId);
    if (gateway == null) {
      return Optional.empty();
    }
    try {
      return gateway.channel(realm);
    } catch (RuntimeException unusable) {
      LOG.errorf(
          "Realm %s cannot send through %s: %s", realm.getName(), gatewayId, unusable.getMessage());
      // Not the next gateway, and never the log: what an admin set up wrongly must not go elsewhere
      return Optional.of(NOT_CONFIGURED);
    }
  }

  /** One message's way through a gateway, after the request that asked for it has ended. */
  private record Transmission(
      KeycloakSessionFactory factory,
      String realmId,
      Channel channel,
      SmsMessage message,
      Consumer<KeycloakSession> whenNotSent)
      implements Dispatcher.Work {

    @Override
    public void run() {
      SendOutcome outcome;
      try {
        outcome = channel.send(message);
      } catch (RuntimeException e) {
        // Not its message, which may hold anything
        LOG.errorf("%s: %s at %s", message, e.getClass().getName(), e.getStackTrace()[0]);
        outcome = new SendOutcome.Unclear(FailureReason.GATEWAY_ERROR);
      }
      boolean accepted = outcome.fold(yes -> true, no -> false, no -> false, no -> false);
      if (accepted) {
        inTransaction((session, facts) -> facts.accepted(message.id()));
      } else {
        boolean surelyNotSent = outcome.fold(no -> false, yes -> true, yes -> true, no -> false);
        failed(reasonOf(outcome), surelyNotSent);
      }
    }

    @Override
    public void turnedAway() {
      failed(FailureReason.OVERLOADED, true);
    }

    private void failed(FailureReason reason, boolean surelyNotSent) {
      LOG.warnf("%s: not sent, %s", message, reason);
      inTransaction(
          (session, facts) -> {
            facts.failed(message.id());
            if (surelyNotSent) {
              whenNotSent.accept(session);
            }
          });
    }

    private static FailureReason reasonOf(SendOutcome outcome) {
      return outcome.fold(
          accepted -> null,
          SendOutcome.Refused::reason,
          SendOutcome.NotReached::reason,
          SendOutcome.Unclear::reason);
    }

    private interface Task {
      void run(KeycloakSession session, MessageFacts facts);
    }

    private void inTransaction(Task task) {
      KeycloakModelUtils.runJobInTransaction(
          factory,
          session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm != null) {
              session.getContext().setRealm(realm);
              task.run(session, new MessageFacts(session, realm));
            }
          });
    }
  }
}
