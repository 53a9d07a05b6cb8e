package com.smspm.keycloak.delivery;

import com.smspm.keycloak.delivery.Capabilities.Use;
import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.LogGateway;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.gateway.SmsGateway.Channel;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.telemetry.GatewayCall;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Sends after commit, on the dispatcher's threads, through the gateways that have an account. */
final class DefaultSmsDelivery implements SmsDelivery {

  private static final Logger LOG = Logger.getLogger(DefaultSmsDelivery.class);

  /** Stands in where no gateway has an account. */
  private static final Channel NOT_CONFIGURED =
      message -> new SendOutcome.NotReached(FailureReason.NOT_CONFIGURED);

  private final KeycloakSession session;
  private final Dispatcher dispatcher;
  private final Circuits circuits;
  private final DeliveryOptions options;
  private final Addresses addresses;

  /** Messages of this request: they leave when it has ended, so there is nothing to look up. */
  private final Set<String> handedOver = new HashSet<>();

  DefaultSmsDelivery(
      KeycloakSession session, Dispatcher dispatcher, Circuits circuits, DeliveryOptions options) {
    this.session = session;
    this.dispatcher = dispatcher;
    this.circuits = circuits;
    this.options = options;
    this.addresses = new Addresses(options.reportBase());
  }

  @Override
  public void send(
      RealmModel realm,
      SmsMessage message,
      Instant usefulUntil,
      Consumer<KeycloakSession> whenNotSent) {
    handOver(realm, message, usefulUntil, whenNotSent, false);
  }

  @Override
  public void pretend(
      RealmModel realm,
      SmsMessage message,
      Instant usefulUntil,
      Consumer<KeycloakSession> afterwards) {
    handOver(realm, message, usefulUntil, afterwards, true);
  }

  private void handOver(
      RealmModel realm,
      SmsMessage message,
      Instant usefulUntil,
      Consumer<KeycloakSession> whenNotSent,
      boolean pretended) {
    handedOver.add(message.id());
    List<Route> routes = routes(realm, message.id());
    String realmId = realm.getId();
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                Transmission transmission =
                    new Transmission(
                        session.getKeycloakSessionFactory(),
                        realmId,
                        routes,
                        message,
                        Deadline.in(Dispatcher.LONGEST_WAIT, usefulUntil),
                        whenNotSent);
                dispatcher.submit(pretended ? new Pretence(transmission) : transmission);
              }

              @Override
              protected void rollbackImpl() {}
            });
  }

  @Override
  public MessageStatus statusOf(RealmModel realm, String messageId) {
    return handedOver.contains(messageId)
        ? MessageStatus.of(DeliveryState.QUEUED, false)
        : new MessageFacts(session, realm).statusOf(messageId);
  }

  @Override
  public String statusPath(RealmModel realm, String messageId) {
    return addresses.status(session, realm, messageId);
  }

  @Override
  public Optional<MessageStatus> statusBy(RealmModel realm, String capability) {
    return new Capabilities(session, realm)
        .read(Use.STATUS, capability)
        .map(messageId -> statusOf(realm, messageId));
  }

  @Override
  public Optional<Sending> reportedBy(RealmModel realm, String capability) {
    return new Capabilities(session, realm).read(Use.REPORT, capability).flatMap(Sending::of);
  }

  @Override
  public void report(RealmModel realm, Sending sending, ReportedState state) {
    new MessageFacts(session, realm).reported(sending, state);
  }

  /** Chosen at each send, since realms differ and their settings change. */
  private List<Route> routes(RealmModel realm, String messageId) {
    List<Route> routes = new ArrayList<>();
    for (String gateway : options.gateways()) {
      try {
        Optional<Channel> channel = channel(gateway, realm);
        if (channel.isPresent()) {
          Sending sending = new Sending(messageId, routes.size());
          routes.add(route(gateway, channel.get(), addresses.report(session, realm, sending)));
        }
      } catch (RuntimeException unusable) {
        LOG.errorf(
            "Realm %s cannot send through %s: %s", realm.getName(), gateway, unusable.getMessage());
        // Not the next gateway, and never the log: what an admin set up wrongly must not go
        // elsewhere
        return routes.isEmpty()
            ? List.of(route(gateway, NOT_CONFIGURED, Optional.empty()))
            : routes;
      }
    }
    if (routes.isEmpty()) {
      Channel log = channel(LogGateway.ID, realm).orElse(NOT_CONFIGURED);
      routes.add(route(LogGateway.ID, log, Optional.empty()));
    }
    return routes;
  }

  private Optional<Channel> channel(String gatewayId, RealmModel realm) {
    SmsGateway gateway = session.getProvider(SmsGateway.class, gatewayId);
    return gateway == null ? Optional.empty() : gateway.channel(realm);
  }

  private Route route(String gateway, Channel channel, Optional<URI> reportUrl) {
    GatewayCall call = GatewayCall.through(gateway, session);
    return new Route(
        gateway,
        message ->
            call.observe(() -> channel.send(reported(message, reportUrl)), SendOutcome::kind),
        circuits.of(gateway, channel.account()),
        new Retries(options.retryUnclear()),
        reportUrl.isPresent());
  }

  private static SmsMessage reported(SmsMessage message, Optional<URI> url) {
    return new SmsMessage(message.id(), message.purpose(), message.to(), message.text(), url);
  }
}
