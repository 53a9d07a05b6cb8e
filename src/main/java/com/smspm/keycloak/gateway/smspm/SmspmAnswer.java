package com.smspm.keycloak.gateway.smspm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads SMSPM's answers. Its documents and its marketing pages describe different ones, and errors
 * come with any status, 200 included: every documented form is understood, and everything else
 * fails closed. A refusal means that the message surely was not sent, so it must be SMSPM's own.
 */
final class SmspmAnswer {

  private static final int DEEPEST = 8;
  private static final int HIGHEST_SEGMENTS = 255; // 3GPP TS 23.040 §9.2.3.24.1: one octet
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,100}");

  /**
   * The refusals in SMSPM's own words (API documents v2.0, and seen). With a 5xx only these are
   * believed: anything between here and the gateway may answer so, with texts of its own, after the
   * message has gone.
   */
  private static final Pattern OWN_WORDS =
      Pattern.compile(
          "(hash|token) is required|unauthorized|(low|insufficient) balance"
              + "|invalid phone number(:.*)?",
          Pattern.DOTALL);

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
  }

  private SmspmAnswer() {}

  /**
   * The outcome that an answer stands for. Never throws.
   *
   * @param status the HTTP status
   * @param retryAfter what the header of that name says; heeded with 429 and 503 only
   * @param body at most 64 KiB
   * @param number the recipient as it was sent, without a plus sign
   */
  static SendOutcome read(int status, Optional<Duration> retryAfter, String body, String number) {
    if (status == 503 && retryAfter.isPresent()) {
      // "Currently unable to handle the request", and when to send it again (RFC 9110 §15.6.4)
      return new SendOutcome.Refused(FailureReason.GATEWAY_ERROR, retryAfter);
    }
    SendOutcome outcome = read(status, body, number);
    return status == 429 && outcome instanceof SendOutcome.Refused refused
        ? new SendOutcome.Refused(refused.reason(), retryAfter)
        : outcome;
  }

  /** As above, without such a header. */
  static SendOutcome read(int status, String body, String number) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return byStatus(status);
    }
    if (!json.isObject()) {
      return byStatus(status);
    }
    JsonNode error = json.path("error");
    if (saysSomething(error)) {
      return status < 500 || isInOwnWords(error)
          ? new SendOutcome.Refused(reasonOf(error, status))
          : byStatus(status);
    }
    if (status != 200) {
      return byStatus(status);
    }
    if (json.has("messages")) {
      return documents(json.get("messages"), number);
    }
    return json.has("status") ? marketing(json) : notUnderstood();
  }

  private static SendOutcome documents(JsonNode messages, String number) {
    if (!messages.isArray() || messages.size() > 1) {
      return notUnderstood();
    }
    if (messages.isEmpty()) {
      return new SendOutcome.Refused(FailureReason.NUMBER_REFUSED);
    }
    JsonNode message = messages.get(0);
    if (saysSomething(message.path("error"))) {
      return new SendOutcome.Refused(reasonOf(message.path("error"), 200));
    }
    String to = message.path("toNumber").asText("");
    if (!(to.startsWith("+") ? to.substring(1) : to).equals(number)) {
      return notUnderstood();
    }
    String status = message.path("status").asText("").toLowerCase(Locale.ROOT);
    return switch (status) {
      case "added to queue", "queued", "submitted", "sent", "delivered" ->
          accepted(message.path("id"), message.path("parts"));
      default -> notUnderstood();
    };
  }

  private static SendOutcome marketing(JsonNode json) {
    return switch (json.get("status").asText("")) {
      case "success" -> accepted(json.path("messageId"), json.path("parts"));
      case "invalid_phone", "destination_blocked" ->
          new SendOutcome.Refused(FailureReason.NUMBER_REFUSED);
      case "low_balance" -> new SendOutcome.Refused(FailureReason.NO_CREDIT);
      case "invalid_sender" -> new SendOutcome.Refused(FailureReason.SENDER_REFUSED);
      default -> notUnderstood();
    };
  }

  private static SendOutcome accepted(JsonNode id, JsonNode parts) {
    if (!id.isTextual() || !ID.matcher(id.textValue()).matches()) {
      return notUnderstood();
    }
    boolean plausible =
        parts.isInt() && parts.intValue() > 0 && parts.intValue() <= HIGHEST_SEGMENTS;
    return new SendOutcome.Accepted(
        id.textValue(), plausible ? OptionalInt.of(parts.intValue()) : OptionalInt.empty());
  }

  /**
   * Whether this field reports an error. Who builds an answer from a fixed form fills it with
   * nothing where there is none.
   */
  private static boolean saysSomething(JsonNode error) {
    return switch (error.getNodeType()) {
      case MISSING, NULL -> false;
      case BOOLEAN -> error.booleanValue();
      case NUMBER -> error.doubleValue() != 0;
      case STRING -> !error.textValue().isBlank();
      default -> !error.isEmpty();
    };
  }

  private static boolean isInOwnWords(JsonNode error) {
    return OWN_WORDS.matcher(error.asText("").strip().toLowerCase(Locale.ROOT)).matches();
  }

  /** The text says more than the status, where it is one of those seen. */
  private static FailureReason reasonOf(JsonNode error, int status) {
    String text = error.asText("").toLowerCase(Locale.ROOT);
    if (text.contains("token") || text.contains("hash") || text.contains("unauthorized")) {
      return FailureReason.BAD_ACCOUNT;
    }
    if (text.contains("balance") || text.contains("credit")) {
      return FailureReason.NO_CREDIT;
    }
    if (text.contains("sender") || text.contains("fromnumber")) {
      return FailureReason.SENDER_REFUSED;
    }
    if (text.contains("number") || text.contains("phone") || text.contains("destination")) {
      return FailureReason.NUMBER_REFUSED;
    }
    return switch (status) {
      case 401, 403 -> FailureReason.BAD_ACCOUNT;
      case 402 -> FailureReason.NO_CREDIT;
      case 429 -> FailureReason.RATE_LIMITED;
      default -> FailureReason.GATEWAY_ERROR;
    };
  }

  /**
   * Without a body that we understand, only what a status certainly means is taken for an answer.
   */
  private static SendOutcome byStatus(int status) {
    return switch (status) {
      case 401, 403 -> new SendOutcome.Refused(FailureReason.BAD_ACCOUNT);
      case 402 -> new SendOutcome.Refused(FailureReason.NO_CREDIT);
      case 429 -> new SendOutcome.Refused(FailureReason.RATE_LIMITED);
      default ->
          status >= 500 ? new SendOutcome.Unclear(FailureReason.GATEWAY_ERROR) : notUnderstood();
    };
  }

  private static SendOutcome notUnderstood() {
    return new SendOutcome.Unclear(FailureReason.NOT_UNDERSTOOD);
  }
}
