package com.smspm.keycloak.gateway.smspm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.statistics.Statistics;

/** Whatever comes back, a message only counts as taken when SMSPM said so in its own words. */
class SmspmAnswerPropertyTest {

  private static final String NUMBER = "37256789045";

  /** As JSON values; "" for a field that is left out. */
  private static final Set<String> NO_ERROR = Set.of("", "null", "\"\"", "{}", "false");

  @Property
  void noBodyMakesItThrowAndNoTextIsASuccess(
      @ForAll @IntRange(min = 100, max = 599) int status, @ForAll String body) {
    assertThat(SmspmAnswer.read(status, body, NUMBER))
        .isNotNull()
        .isNotInstanceOf(SendOutcome.Accepted.class);
  }

  /** Whoever stands between here and SMSPM writes what it likes, and the message may have gone. */
  @Property
  void aFaultInOtherWordsThanSmspmsOwnIsNoRefusal(
      @ForAll @IntRange(min = 500, max = 599) int status,
      @ForAll("faults") String fault,
      @ForAll @AlphaChars @StringLength(max = 20) String more)
      throws JsonProcessingException {
    String body = new ObjectMapper().writeValueAsString(Map.of("error", fault + more));
    assertThat(SmspmAnswer.read(status, body, NUMBER))
        .isEqualTo(new SendOutcome.Unclear(FailureReason.GATEWAY_ERROR));
  }

  @Provide
  static Arbitrary<String> faults() {
    return Arbitraries.of(
        "upstream timed out",
        "unexpected token",
        "hash mismatch",
        "no such destination",
        "phone",
        "number",
        "sender",
        "credit");
  }

  @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
  void onlyADocumentedSuccessIsAccepted(
      @ForAll("statuses") int status, @ForAll("nearlyAnswers") Answer answer) {
    SendOutcome outcome = SmspmAnswer.read(status, answer.json(), NUMBER);
    boolean success = status == 200 && answer.isSuccess();
    Statistics.label("success")
        .collect(success)
        .coverage(seen -> seen.check(true).percentage(share -> share > 1));
    assertThat(outcome instanceof SendOutcome.Accepted).isEqualTo(success);
  }

  /** The fields of both forms as JSON values; null where a field is left out. */
  record Answer(
      boolean list, String id, String to, String messageStatus, String error, String wrap) {

    String json() {
      StringBuilder fields = new StringBuilder();
      add(fields, list ? "id" : "messageId", id);
      add(fields, "toNumber", to);
      add(fields, "status", messageStatus);
      add(fields, "error", error);
      String object = "{" + fields + "}";
      return wrap.formatted(list ? "{\"messages\":[" + object + "]}" : object);
    }

    boolean isSuccess() {
      boolean identified = "\"m-1\"".equals(id);
      boolean ours = !list || "\"37256789045\"".equals(to) || "\"+37256789045\"".equals(to);
      boolean taken = (list ? "\"Added to queue\"" : "\"success\"").equals(messageStatus);
      return identified
          && ours
          && taken
          && NO_ERROR.contains(error == null ? "" : error)
          && wrap.equals("%s");
    }

    private static void add(StringBuilder fields, String name, String value) {
      if (value != null) {
        fields.append(fields.isEmpty() ? "" : ",").append('"').append(name).append("\":");
        fields.append(value);
      }
    }
  }

  @Provide
  static Arbitrary<Integer> statuses() {
    return Arbitraries.of(200, 200, 200, 201, 302, 400, 401, 500);
  }

  @Provide
  static Arbitrary<Answer> nearlyAnswers() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            mostly("\"m-1\"", "\"\"", "7", "null", "{}", null),
            mostly("\"37256789045\"", "\"+37256789045\"", "\"1\"", "37", "[]", null),
            Arbitraries.of(
                "\"success\"", "\"Added to queue\"", "\"Failed\"", "\"low_balance\"", "true", null),
            mostly("null", "\"Low balance\"", "\"\"", "{}", "true", "false", null),
            mostly("%s", "[%s]", "%s x", "{%s"))
        .as(Answer::new);
  }

  private static Arbitrary<String> mostly(String usual, String... others) {
    return Arbitraries.frequencyOf(
        Tuple.of(others.length, Arbitraries.just(usual)), Tuple.of(2, Arbitraries.of(others)));
  }
}
