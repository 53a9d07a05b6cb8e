package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.telemetry.Meters;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * One message's way through the gateways, after the request that asked for it has ended.
 *
 * @param routes in the order in which they are tried; at least one
 * @param deadline after which nothing is tried any more
 */
record Transmission(
    KeycloakSessionFactory factory,
    String realmId,
    List<Route> routes,
    SmsMessage message,
    Deadline deadline,
    Consumer<KeycloakSession> whenNotSent)
    implements Dispatcher.Work {

  private static final Logger LOG = Logger.getLogger(Transmission.class);

  @Override
  public void run() {
    Way way = new Way();
    SendOutcome outcome = overTheRoutes(way);
    // The server stops: what became of the message is still written down
    Thread.interrupted();
    if (outcome instanceof SendOutcome.Accepted accepted) {
      Meters.accepted(message.purpose(), message.to(), deadline.waited());
      record(facts -> facts.accepted(message, sending(way.last), accepted, reports(way.last)));
    } else if (way.attempts.mayHaveSent()) {
      LOG.warnf("%s: perhaps not sent, %s", message, reasonOf(outcome));
      Meters.unclear(message.purpose(), message.to());
      record(facts -> facts.unclear(message, sending(way.unclear), reports(way.unclear)));
    } else {
      notSent(reasonOf(outcome));
    }
  }

  /** Which gateways a message has come to. */
  private static final class Way {

    private final Route.Attempts attempts = new Route.Attempts();
    private int last;
    private int unclear;
  }

  private Sending sending(int route) {
    return new Sending(message.id(), route);
  }

  private boolean reports(int route) {
    return routes.get(route).reports();
  }

  @Override
  public void turnedAway() {
    notSent(FailureReason.OVERLOADED);
  }

  private SendOutcome overTheRoutes(Way way) {
    SendOutcome outcome = new SendOutcome.NotReached(FailureReason.OVERLOADED);
    for (int i = 0; i < routes.size(); i++) {
      if (!deadline.isUseful(Duration.ZERO)) {
        return new SendOutcome.NotReached(FailureReason.TOO_LATE);
      }
      if (!deadline.allows(Duration.ZERO)) {
        return outcome;
      }
      Route route = routes.get(i);
      boolean sentBefore = way.attempts.mayHaveSent();
      outcome = route.send(message, deadline, way.attempts);
      way.last = i;
      if (way.attempts.mayHaveSent() && !sentBefore) {
        way.unclear = i;
      }
      boolean stopping = Thread.currentThread().isInterrupted();
      if (stopping || i == routes.size() - 1 || !goesOn(outcome, route.retries().afterUnclear())) {
        return outcome;
      }
      FailureReason reason = reasonOf(outcome);
      Meters.passedOn(route.gateway(), reason);
      // That a circuit is open was said once
      LOG.logf(
          reason == FailureReason.GATEWAY_DOWN ? Logger.Level.DEBUG : Logger.Level.WARN,
          "%s: not through %s, %s",
          message,
          route.gateway(),
          reason);
    }
    return outcome;
  }

  /** Whether another account may succeed, and a second message is impossible or wanted. */
  private static boolean goesOn(SendOutcome outcome, boolean afterUnclear) {
    return outcome.fold(
        accepted -> false,
        refused ->
            switch (refused.reason()) {
              case NO_CREDIT, BAD_ACCOUNT, SENDER_REFUSED, RATE_LIMITED -> true;
              default -> refused.retryAfter().isPresent();
            },
        notReached -> true,
        unclear -> afterUnclear);
  }

  private void notSent(FailureReason reason) {
    LOG.warnf("%s: not sent, %s", message, reason);
    Meters.notSent(message.purpose(), message.to(), reason);
    inTransaction(
        (session, facts) -> {
          if (facts.notSent(message.id(), routes.size(), reason)) {
            whenNotSent.accept(session);
          }
        });
  }

  /** Gives back what was claimed for it, and writes nothing down. */
  void forget() {
    inTransaction((session, facts) -> whenNotSent.accept(session));
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

  private void record(Consumer<MessageFacts> fact) {
    inTransaction((session, facts) -> fact.accept(facts));
  }

  private void inTransaction(Task task) {
    try {
      KeycloakModelUtils.runJobInTransaction(
          factory,
          session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm != null) {
              session.getContext().setRealm(realm);
              task.run(session, new MessageFacts(session, realm));
            }
          });
    } catch (RuntimeException e) {
      // A server that stops may have closed its cache before
      LOG.warnf(
          "%s: what became of it could not be written down (%s)", message, e.getClass().getName());
    }
  }
}
