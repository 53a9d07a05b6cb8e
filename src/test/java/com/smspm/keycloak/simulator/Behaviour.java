package com.smspm.keycloak.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the simulator treats messages.
 *
 * @param answer the form of its answers
 * @param delayMillis how long it takes before it answers
 */
public record Behaviour(
    @JsonProperty("answer") Answer answer, @JsonProperty("delayMillis") long delayMillis) {

  /** Takes every message at once, and answers as in SMSPM's API documents. */
  public static final Behaviour NORMAL = new Behaviour(Answer.DOCUMENTS, 0);

  /** An answer, and whether the message is taken with it. */
  public enum Answer {
    /** Taken; {@code {"messages":[{"id":…,"toNumber":…,"status":"Added to queue"}]}}. */
    DOCUMENTS(true, 200, null),
    /** Taken; {@code {"status":"success","messageId":…}}. */
    MARKETING(true, 200, null),
    REFUSED_IN_200(
        false,
        200,
        "{\"messages\":[{\"toNumber\":\"0\",\"status\":\"Failed\",\"error\":\"Invalid phone number\"}]}"),
    EMPTY_LIST(false, 200, "{\"messages\":[]}"),
    INVALID_PHONE(false, 200, "{\"status\":\"invalid_phone\"}"),
    LOW_BALANCE(false, 200, "{\"status\":\"low_balance\"}"),
    DESTINATION_BLOCKED(false, 200, "{\"status\":\"destination_blocked\"}"),
    INVALID_SENDER(false, 200, "{\"status\":\"invalid_sender\"}"),
    UNAUTHORIZED(false, 401, "{\"error\":\"Unauthorized\"}"),
    NO_BALANCE(false, 402, "{\"error\":\"Insufficient balance\"}"),
    TOO_MANY(false, 429, "{\"error\":\"Too many requests\"}"),
    /** As before, with {@code Retry-After: 1}. */
    TOO_MANY_FOR_A_SECOND(false, 429, "{\"error\":\"Too many requests\"}"),
    /** With {@code Retry-After: 60}: longer than anybody waits for a code. */
    BUSY(false, 503, "{\"error\":\"Service unavailable\"}"),
    SERVER_ERROR(false, 500, "{\"error\":\"Internal server error\"}"),
    HTML(false, 200, "<!DOCTYPE html><title>Welcome</title>"),
    NOTHING(false, 200, ""),
    BROKEN_JSON(false, 200, "{\"messages\":[");

    final boolean taken;
    final int status;
    final String body;

    Answer(boolean taken, int status, String body) {
      this.taken = taken;
      this.status = status;
      this.body = body;
    }
  }
}
