package com.smspm.keycloak.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that the simulator took.
 *
 * @param to with a plus sign
 * @param report where its sender wants to hear what became of it; empty for nowhere
 */
public record Message(
    @JsonProperty("id") String id,
    @JsonProperty("to") String to,
    @JsonProperty("from") String from,
    @JsonProperty("text") String text,
    @JsonProperty("report") String report,
    @JsonProperty("receivedAt") long receivedAt) {

  private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{6,8}(?![0-9])");

  /** The first 6 to 8 digits that stand by themselves. */
  @JsonProperty("code")
  public String code() {
    Matcher matcher = CODE.matcher(text);
    return matcher.find() ? matcher.group() : "";
  }
}
