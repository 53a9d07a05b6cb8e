package com.smspm.keycloak.rest;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.smspm.keycloak.delivery.ReportedState;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads delivery reports. Only the state is taken from one: the message is known from the address,
 * and what a report says of ids, numbers and times is not needed, and so not believed.
 */
final class DeliveryReport {

  /** Reports have some hundred bytes; what is longer than this is none. */
  private static final int LONGEST = 4096;

  private static final int DEEPEST = 4;

  private static final ObjectMapper JSON = new JsonMapper();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
  }

  private DeliveryReport() {}

  /**
   * The words of SMSPM's API documents and of its marketing page; nothing for any other.
   *
   * @param status may be null
   */
  static Optional<ReportedState> stateOf(String status) {
    return Optional.ofNullable(
        switch (status == null ? "" : status.strip().toLowerCase(Locale.ROOT)) {
          case "queued", "pending" -> ReportedState.PENDING;
          case "submitted", "sent" -> ReportedState.SENT;
          case "delivered" -> ReportedState.DELIVERED;
          case "failed", "undelivered" -> ReportedState.UNDELIVERED;
          case "rejected" -> ReportedState.REJECTED;
          case "expired" -> ReportedState.EXPIRED;
          default -> null;
        });
  }

  /**
   * The state in a JSON body; nothing for a body that is no report.
   *
   * @param body may be null
   */
  static Optional<ReportedState> stateIn(InputStream body) throws IOException {
    byte[] bytes = body == null ? new byte[0] : body.readNBytes(LONGEST + 1);
    if (bytes.length > LONGEST) {
      return Optional.empty();
    }
    try {
      JsonNode status = JSON.readTree(bytes).path("status");
      return status.isTextual() ? stateOf(status.textValue()) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }
}
