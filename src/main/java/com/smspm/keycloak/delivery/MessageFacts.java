package com.smspm.keycloak.delivery;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.limits.Slots;
import com.smspm.keycloak.telemetry.Meters;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What is known of a message: write-once facts in the cluster's shared cache. Each is claimed by
 * one writer, and a later fact outweighs an earlier one whatever their order: so repeated, late and
 * contradictory reports on any nodes cannot move a message backwards. It ends once. Each gateway
 * reports of its own sending, and only the one that took the message is believed.
 */
final class MessageFacts {

  /**
   * As long as anybody looks at the page of a code, which lives for ten minutes at most, and then
   * some.
   */
  static final Duration KEPT = Duration.ofMinutes(30);

  // Told by who sends: each of a message as a whole
  private static final String ACCEPTED = "accepted";
  private static final String UNCLEAR = "unclear";
  private static final String NOT_SENT = "not-sent";

  // Told by gateways: each of one sending
  private static final String PENDING = "pending";
  private static final String SENT = "sent";
  private static final String END = "end";

  private static final String GATEWAY_ID = "gatewayId";
  private static final String SEGMENTS = "segments";
  private static final String ROUTE = "route";
  private static final String REPORTS = "reports";
  private static final String AT = "at";
  private static final String PURPOSE = "purpose";
  private static final String COUNTRY_GROUP = "countryGroup";
  private static final String REASON = "reason";

  private final Slots slots;

  MessageFacts(KeycloakSession session, RealmModel realm) {
    slots = new Slots(session, realm);
  }

  /**
   * @param sending through which it was
   * @param reports whether the gateway was told where to report
   */
  void accepted(
      SmsMessage message, Sending sending, SendOutcome.Accepted outcome, boolean reports) {
    Map<String, String> details = details(message, sending, reports);
    details.put(GATEWAY_ID, outcome.gatewayId());
    outcome.segments().ifPresent(count -> details.put(SEGMENTS, Integer.toString(count)));
    state(ACCEPTED, message.id(), details);
  }

  /** As above, where nobody can say whether it was sent. */
  void unclear(SmsMessage message, Sending sending, boolean reports) {
    state(UNCLEAR, message.id(), details(message, sending, reports));
  }

  private static Map<String, String> details(SmsMessage message, Sending sending, boolean reports) {
    Map<String, String> details = new HashMap<>();
    details.put(ROUTE, Integer.toString(sending.route()));
    details.put(REPORTS, Boolean.toString(reports));
    details.put(AT, Long.toString(Time.currentTimeMillis()));
    details.put(PURPOSE, message.purpose().name());
    details.put(COUNTRY_GROUP, Meters.countryGroup(message.to()));
    return details;
  }

  /**
   * No gateway took it, as they answered. Where one of them has reported that it did, it is the
   * report that is believed: what was spent is not given back.
   *
   * @param routes how many there are
   * @return whether it surely was not sent
   */
  boolean notSent(String messageId, int routes, FailureReason reason) {
    for (int route = 0; route < routes; route++) {
      Sending sending = new Sending(messageId, route);
      if (noted(SENT, sending.encoded()).isPresent()
          || noted(END, sending.encoded()).filter(end -> end.get(REASON) == null).isPresent()) {
        state(
            UNCLEAR,
            messageId,
            Map.of(ROUTE, Integer.toString(route), REPORTS, Boolean.TRUE.toString()));
        return false;
      }
    }
    state(NOT_SENT, messageId, Map.of(REASON, reason.name()));
    return true;
  }

  void reported(Sending sending, ReportedState report) {
    switch (report) {
      case PENDING -> state(PENDING, sending.encoded(), Map.of());
      case SENT -> state(SENT, sending.encoded(), Map.of());
      case DELIVERED -> end(sending, report, Map.of());
      case UNDELIVERED, REJECTED, EXPIRED ->
          end(sending, report, Map.of(REASON, report.reason().orElseThrow().name()));
    }
  }

  private void end(Sending sending, ReportedState report, Map<String, String> details) {
    if (state(END, sending.encoded(), details)) {
      taken(sending.messageId())
          .filter(taken -> taken.containsKey(AT) && routeOf(taken) == sending.route())
          .ifPresent(
              taken ->
                  Meters.reported(
                      Purpose.valueOf(taken.get(PURPOSE)),
                      taken.get(COUNTRY_GROUP),
                      report,
                      Duration.ofMillis(Time.currentTimeMillis() - Long.parseLong(taken.get(AT)))));
    }
  }

  /**
   * The claim takes effect at once and has one winner, who alone writes the details. They come with
   * this transaction's end, and only with them is the fact believed.
   */
  private boolean state(String fact, String whose, Map<String, String> details) {
    boolean won = slots.claim(fact, whose, 1, KEPT).isPresent();
    if (won) {
      slots.note(fact, whose, 1, KEPT, details);
    }
    return won;
  }

  MessageStatus statusOf(String messageId) {
    Optional<MessageStatus> notSent =
        noted(NOT_SENT, messageId)
            .map(it -> MessageStatus.failed(FailureReason.valueOf(it.get(REASON)), true));
    return notSent.orElseGet(() -> reportedStatusOf(messageId));
  }

  private MessageStatus reportedStatusOf(String messageId) {
    Optional<Map<String, String>> accepted = noted(ACCEPTED, messageId);
    Optional<Map<String, String>> taken = accepted.or(() -> noted(UNCLEAR, messageId));
    String sending = new Sending(messageId, taken.map(MessageFacts::routeOf).orElse(0)).encoded();
    Optional<Map<String, String>> end = noted(END, sending);
    if (end.isPresent() && end.get().get(REASON) == null) {
      return MessageStatus.of(DeliveryState.DELIVERED, true);
    }
    // Before it is known who took the message another gateway may be asked still
    if (end.isPresent() && taken.isPresent()) {
      return MessageStatus.failed(FailureReason.valueOf(end.get().get(REASON)), false);
    }
    if (noted(SENT, sending).isPresent()) {
      return underWay(DeliveryState.SENT, false, accepted);
    }
    if (accepted.isPresent() || noted(PENDING, sending).isPresent()) {
      return underWay(
          DeliveryState.ACCEPTED, taken.isPresent() && !isReported(taken.get()), accepted);
    }
    return taken
        .map(it -> MessageStatus.of(DeliveryState.UNKNOWN, !isReported(it)))
        .orElse(MessageStatus.of(DeliveryState.QUEUED, false));
  }

  private static MessageStatus underWay(
      DeliveryState state, boolean complete, Optional<Map<String, String>> accepted) {
    Map<String, String> details = accepted.orElse(Map.of());
    return new MessageStatus(
        state,
        complete,
        false,
        Optional.empty(),
        Optional.ofNullable(details.get(GATEWAY_ID)),
        details.containsKey(SEGMENTS)
            ? OptionalInt.of(Integer.parseInt(details.get(SEGMENTS)))
            : OptionalInt.empty());
  }

  /** What is known of who took it, or may have taken it. */
  private Optional<Map<String, String>> taken(String messageId) {
    return noted(ACCEPTED, messageId).or(() -> noted(UNCLEAR, messageId));
  }

  private static int routeOf(Map<String, String> taken) {
    return Integer.parseInt(taken.get(ROUTE));
  }

  private static boolean isReported(Map<String, String> taken) {
    return Boolean.parseBoolean(taken.get(REPORTS));
  }

  private Optional<Map<String, String>> noted(String fact, String whose) {
    return Optional.ofNullable(slots.noted(fact, whose, 1));
  }
}
