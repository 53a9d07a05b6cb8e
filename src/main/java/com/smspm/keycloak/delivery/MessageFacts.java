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
 * What is known of a message, in the cluster's shared cache, each written once. What gateways
 * report is claimed by one writer, and a later fact outweighs an earlier one whatever their order:
 * so repeated, late and contradictory reports on any nodes cannot move a message backwards. It ends
 * once. Each gateway reports of its own sending, and only the one that took the message is
 * believed. What came of asking the gateways needs no claim: the dispatcher has it told by one
 * thread, once.
 */
final class MessageFacts {

  /**
   * As long as anybody looks at the page of a code, which lives for ten minutes at most, and then
   * some.
   */
  static final Duration KEPT = Duration.ofMinutes(30);

  // Told by who sends, once, and by nobody else: of the message as a whole
  private static final String ANSWER = "answer";

  // Told by gateways: each of one sending
  private static final String PENDING = "pending";
  private static final String SENT = "sent";
  private static final String END = "end";

  private static final String KIND = "kind";
  private static final String GATEWAY_ID = "gatewayId";
  private static final String SEGMENTS = "segments";
  private static final String ROUTE = "route";
  private static final String REPORTS = "reports";
  private static final String AT = "at";
  private static final String PURPOSE = "purpose";
  private static final String COUNTRY_GROUP = "countryGroup";
  private static final String REASON = "reason";

  /** What came of asking the gateways. */
  private enum Kind {
    ACCEPTED,
    UNCLEAR,
    NOT_SENT
  }

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
    answer(message.id(), Kind.ACCEPTED, details);
  }

  /** As above, where nobody can say whether it was sent. */
  void unclear(SmsMessage message, Sending sending, boolean reports) {
    answer(message.id(), Kind.UNCLEAR, details(message, sending, reports));
  }

  private static Map<String, String> details(SmsMessage message, Sending sending, boolean reports) {
    Map<String, String> details = who(sending.route(), reports);
    details.put(AT, Long.toString(Time.currentTimeMillis()));
    details.put(PURPOSE, message.purpose().name());
    details.put(COUNTRY_GROUP, Meters.countryGroup(message.to()));
    return details;
  }

  private static Map<String, String> who(int route, boolean reports) {
    Map<String, String> details = new HashMap<>();
    details.put(ROUTE, Integer.toString(route));
    details.put(REPORTS, Boolean.toString(reports));
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
        answer(messageId, Kind.UNCLEAR, who(route, true));
        return false;
      }
    }
    Map<String, String> details = new HashMap<>();
    details.put(REASON, reason.name());
    answer(messageId, Kind.NOT_SENT, details);
    return true;
  }

  private void answer(String messageId, Kind kind, Map<String, String> details) {
    details.put(KIND, kind.name());
    slots.note(ANSWER, messageId, 1, KEPT, details);
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
      noted(ANSWER, sending.messageId())
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
    Optional<Map<String, String>> answer = noted(ANSWER, messageId);
    if (is(Kind.NOT_SENT, answer)) {
      return MessageStatus.failed(FailureReason.valueOf(answer.get().get(REASON)), true);
    }
    // The one that took it was not told where to report, and no other is believed
    return answer.isPresent() && !isReported(answer.get())
        ? byAnswer(answer.get(), true)
        : byReports(messageId, answer);
  }

  private MessageStatus byReports(String messageId, Optional<Map<String, String>> taken) {
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
      return underWay(DeliveryState.SENT, false, taken.orElse(Map.of()));
    }
    if (!is(Kind.ACCEPTED, taken) && noted(PENDING, sending).isPresent()) {
      return underWay(DeliveryState.ACCEPTED, false, Map.of());
    }
    return taken
        .map(it -> byAnswer(it, false))
        .orElse(MessageStatus.of(DeliveryState.QUEUED, false));
  }

  private static MessageStatus byAnswer(Map<String, String> taken, boolean complete) {
    return is(Kind.ACCEPTED, Optional.of(taken))
        ? underWay(DeliveryState.ACCEPTED, complete, taken)
        : MessageStatus.of(DeliveryState.UNKNOWN, complete);
  }

  private static MessageStatus underWay(
      DeliveryState state, boolean complete, Map<String, String> answer) {
    return new MessageStatus(
        state,
        complete,
        false,
        Optional.empty(),
        Optional.ofNullable(answer.get(GATEWAY_ID)),
        answer.containsKey(SEGMENTS)
            ? OptionalInt.of(Integer.parseInt(answer.get(SEGMENTS)))
            : OptionalInt.empty());
  }

  private static boolean is(Kind kind, Optional<Map<String, String>> answer) {
    return answer.filter(it -> kind.name().equals(it.get(KIND))).isPresent();
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
