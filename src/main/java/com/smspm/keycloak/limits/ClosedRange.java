package com.smspm.keycloak.limits;

import com.smspm.keycloak.phone.NumberRange;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A range that receives no codes at doors where the number is not yet proven.
 *
 * @param range without the last four digits of its numbers
 * @param until when it opens by itself
 * @param reason from a closed set
 * @param messages that it was closed for; 0 when an admin closed it
 * @param verified how many of those were answered with the right code
 */
public record ClosedRange(
    NumberRange range, Instant until, Reason reason, int messages, int verified) {

  /** Why a range was closed. */
  public enum Reason {
    /** Too few of its messages were answered. */
    LOW_CONVERSION,
    /** An admin wanted it. */
    ADMIN
  }

  Map<String, String> encode() {
    return Map.of(
        "range", range.prefix(),
        "until", Long.toString(until.getEpochSecond()),
        "reason", reason.name(),
        "messages", Integer.toString(messages),
        "verified", Integer.toString(verified));
  }

  /** What was encoded; nothing for null, which stands for what has expired. */
  static Optional<ClosedRange> decode(Map<String, String> notes) {
    return notes == null || notes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ClosedRange(
                new NumberRange(notes.get("range")),
                Instant.ofEpochSecond(Long.parseLong(notes.get("until"))),
                Reason.valueOf(notes.get("reason")),
                Integer.parseInt(notes.get("messages")),
                Integer.parseInt(notes.get("verified"))));
  }
}
