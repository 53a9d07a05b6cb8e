package com.smspm.keycloak.delivery;

import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
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
 * contradictory reports on any nodes cannot move a message backwards. It ends once.
 */
final class MessageFacts {

  /**
   * As long as anybody looks at the page of a code, which lives for ten minutes at most, and then
   * some.
   */
  static final Duration KEPT = Duration.ofMinutes(30);

  private static final String UNCLEAR = "unclear";
  private static final String ACCEPTED = "accepted";
  private static final String SENT = "sent";
  private static final String END = "end";

  private static final String GATEWAY_ID = "gatewayId";
  private static final String SEGMENTS = "segments";
  private static final String REPORTS = "reports";
  private static final String AT = "at";
  private static final String REASON = "reason";
  private static final String NOT_SENT = "notSent";

  private final Slots slots;

  MessageFacts(KeycloakSession session, RealmModel realm) {
    slots = new Slots(session, realm);
  }

  /**
   * @param reports whether the gateway was told where to report
   */
  void accepted(String messageId, SendOutcome.Accepted outcome, boolean reports) {
    Map<String, String> notes = new HashMap<>();
    notes.put(GATEWAY_ID, outcome.gatewayId());
    notes.put(REPORTS, Boolean.toString(reports));
    notes.put(AT, Long.toString(Time.currentTimeMillis()));
    outcome.segments().ifPresent(count -> notes.put(SEGMENTS, Integer.toString(count)));
    state(ACCEPTED, messageId, notes);
  }

  void unclear(String messageId, boolean reports) {
    state(UNCLEAR, messageId, Map.of(REPORTS, Boolean.toString(reports)));
  }

  void notSent(String messageId, FailureReason reason) {
    state(END, messageId, Map.of(REASON, reason.name(), NOT_SENT, Boolean.TRUE.toString()));
  }

  void reported(String messageId, ReportedState report) {
    switch (report) {
      case PENDING -> state(ACCEPTED, messageId, Map.of(REPORTS, Boolean.TRUE.toString()));
      case SENT -> state(SENT, messageId, Map.of());
      case DELIVERED -> end(messageId, report, Map.of());
      case UNDELIVERED, REJECTED, EXPIRED ->
          end(messageId, report, Map.of(REASON, report.reason().orElseThrow().name()));
    }
  }

  private void end(String messageId, ReportedState report, Map<String, String> details) {
    if (state(END, messageId, details)) {
      details(ACCEPTED, messageId)
          .map(accepted -> accepted.get(AT))
          .map(at -> Duration.ofMillis(Time.currentTimeMillis() - Long.parseLong(at)))
          .ifPresent(took -> Meters.reported(report, took));
    }
  }

  /**
   * The claim takes effect at once and has one winner, who alone writes the details. They come with
   * this transaction's end, and only with them is the fact believed.
   */
  private boolean state(String fact, String messageId, Map<String, String> details) {
    boolean won = slots.claim(fact, messageId, 1, KEPT).isPresent();
    if (won) {
      slots.note(fact, messageId, 1, KEPT, details);
    }
    return won;
  }

  MessageStatus statusOf(String messageId) {
    Optional<Map<String, String>> end = details(END, messageId);
    if (end.isPresent()) {
      String reason = end.get().get(REASON);
      return reason == null
          ? MessageStatus.of(DeliveryState.DELIVERED, true)
          : MessageStatus.failed(
              FailureReason.valueOf(reason), Boolean.parseBoolean(end.get().get(NOT_SENT)));
    }
    boolean sent = details(SENT, messageId).isPresent();
    Optional<Map<String, String>> accepted = details(ACCEPTED, messageId);
    if (sent || accepted.isPresent()) {
      Map<String, String> details = accepted.orElse(Map.of());
      return new MessageStatus(
          sent ? DeliveryState.SENT : DeliveryState.ACCEPTED,
          !sent && !isReported(details),
          false,
          Optional.empty(),
          Optional.ofNullable(details.get(GATEWAY_ID)),
          details.containsKey(SEGMENTS)
              ? OptionalInt.of(Integer.parseInt(details.get(SEGMENTS)))
              : OptionalInt.empty());
    }
    return details(UNCLEAR, messageId)
        .map(details -> MessageStatus.of(DeliveryState.UNKNOWN, !isReported(details)))
        .orElse(MessageStatus.of(DeliveryState.QUEUED, false));
  }

  private static boolean isReported(Map<String, String> details) {
    return Boolean.parseBoolean(details.get(REPORTS));
  }

  private Optional<Map<String, String>> details(String fact, String messageId) {
    return Optional.ofNullable(slots.noted(fact, messageId, 1));
  }
}
