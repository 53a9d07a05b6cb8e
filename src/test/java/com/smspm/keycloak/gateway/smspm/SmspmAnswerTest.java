package com.smspm.keycloak.gateway.smspm;

import static com.smspm.keycloak.gateway.FailureReason.BAD_ACCOUNT;
import static com.smspm.keycloak.gateway.FailureReason.GATEWAY_ERROR;
import static com.smspm.keycloak.gateway.FailureReason.NOT_UNDERSTOOD;
import static com.smspm.keycloak.gateway.FailureReason.NO_CREDIT;
import static com.smspm.keycloak.gateway.FailureReason.NUMBER_REFUSED;
import static com.smspm.keycloak.gateway.FailureReason.RATE_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmspmAnswerTest {

  private static final String NUMBER = "37256789045";
  private static final String UUID = "7f1a2b3c-0000-4000-8000-123456789abc";

  @ParameterizedTest
  @ValueSource(strings = {"37256789045", "+37256789045"})
  void theDocumentsFormIsAccepted(String number) {
    assertThat(read(200, documents(UUID, number, "Added to queue")))
        .isEqualTo(new SendOutcome.Accepted(UUID, OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"added to queue", "queued", "submitted", "sent", "Delivered"})
  void everyStateOfAMessageUnderWayIsAccepted(String status) {
    assertThat(read(200, documents(UUID, NUMBER, status))).isInstanceOf(SendOutcome.Accepted.class);
  }

  @Test
  void theMarketingFormIsAcceptedWithItsParts() {
    assertThat(
            read(
                200,
                "{\"status\":\"success\",\"messageId\":\"msg_1\",\"parts\":2,\"cost\":0.042,"
                    + "\"currency\":\"EUR\"}"))
        .isEqualTo(new SendOutcome.Accepted("msg_1", OptionalInt.of(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "256", "1.5", "\"2\"", "null", "99999999999"})
  void partsThatCannotBeAreLeftOut(String parts) {
    assertThat(
            read(200, "{\"status\":\"success\",\"messageId\":\"msg_1\",\"parts\":" + parts + "}"))
        .isEqualTo(new SendOutcome.Accepted("msg_1", OptionalInt.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_phone,NUMBER_REFUSED",
    "destination_blocked,NUMBER_REFUSED",
    "low_balance,NO_CREDIT",
    "invalid_sender,SENDER_REFUSED"
  })
  void theMarketingFormIsRefusedInside200(String status, FailureReason reason) {
    assertThat(read(200, "{\"status\":\"" + status + "\"}")).isEqualTo(refused(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "Invalid phone number,NUMBER_REFUSED",
    "Low balance,NO_CREDIT",
    "Sender is not approved,SENDER_REFUSED",
    "Something new,GATEWAY_ERROR"
  })
  void theDocumentsFormIsRefusedInside200(String error, FailureReason reason) {
    String body =
        "{\"messages\":[{\"toNumber\":\"%s\",\"status\":\"Failed\",\"error\":\"%s\"}]}"
            .formatted(NUMBER, error);
    assertThat(read(200, body)).isEqualTo(refused(reason));
  }

  @Test
  void anEmptyListIsARefusal() {
    assertThat(read(200, "{\"messages\":[]}")).isEqualTo(refused(NUMBER_REFUSED));
  }

  @ParameterizedTest
  @MethodSource
  void anErrorIsARefusalWithAnyStatus(int status, String error, FailureReason reason) {
    assertThat(read(status, "{\"error\":\"" + error + "\"}")).isEqualTo(refused(reason));
  }

  static Stream<Arguments> anErrorIsARefusalWithAnyStatus() {
    return Stream.of(
        arguments(200, "Token is required", BAD_ACCOUNT),
        arguments(400, "Token is required", BAD_ACCOUNT),
        arguments(400, "Hash is required", BAD_ACCOUNT),
        arguments(400, "Invalid phone number: 37256789045", NUMBER_REFUSED),
        arguments(401, "Unauthorized", BAD_ACCOUNT),
        arguments(403, "Forbidden", BAD_ACCOUNT),
        arguments(402, "Payment required", NO_CREDIT),
        arguments(402, "Insufficient balance", NO_CREDIT),
        arguments(429, "Too many requests", RATE_LIMITED),
        arguments(400, "Something new", GATEWAY_ERROR),
        arguments(200, "Something new", GATEWAY_ERROR),
        arguments(500, "Invalid phone number: 37256789045", NUMBER_REFUSED),
        arguments(500, "Token is required", BAD_ACCOUNT),
        arguments(500, "Unauthorized", BAD_ACCOUNT),
        arguments(500, "Low balance", NO_CREDIT),
        arguments(599, " Insufficient balance ", NO_CREDIT));
  }

  /** Each from somebody else than SMSPM, or after it had begun with the message. */
  @ParameterizedTest
  @CsvSource({
    "500,Internal server error",
    "500,Unexpected token < in JSON at position 0",
    "502,Destination host unreachable",
    "502,no answer to phone-gateway.internal",
    "503,Service unavailable",
    "504,upstream timed out",
    "599,number of connections exceeded"
  })
  void aFaultWithATextThatIsNotSmspmsOwnLeavesItOpenToo(int status, String error) {
    assertThat(read(status, "{\"error\":\"" + error + "\"}"))
        .isEqualTo(new SendOutcome.Unclear(GATEWAY_ERROR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "[\"a\"]", "{\"message\":\"Low balance\"}"})
  void anErrorThatIsNoTextIsOne(String error) {
    assertThat(read(200, withError(error))).isEqualTo(refused(GATEWAY_ERROR));
    assertThat(read(402, withError(error))).isEqualTo(refused(NO_CREDIT));
    assertThat(read(500, withError(error))).isEqualTo(new SendOutcome.Unclear(GATEWAY_ERROR));
  }

  @Test
  void anErrorBesideASuccessIsNoSuccess() {
    assertThat(read(200, "{\"status\":\"success\",\"messageId\":\"m\",\"error\":\"Low balance\"}"))
        .isEqualTo(refused(NO_CREDIT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\" \"", "false", "0", "[]", "{}"})
  void anErrorThatSaysNothingIsNone(String error) {
    assertThat(read(200, withError(error)))
        .isEqualTo(new SendOutcome.Accepted("m", OptionalInt.empty()));
    assertThat(
            read(
                200,
                "{\"messages\":[{\"id\":\"%s\",\"toNumber\":\"%s\",\"status\":\"sent\",\"error\":%s}]}"
                    .formatted(UUID, NUMBER, error)))
        .isEqualTo(new SendOutcome.Accepted(UUID, OptionalInt.empty()));
    assertThat(
            read(
                200,
                "{\"error\":%s,%s"
                    .formatted(error, documents(UUID, NUMBER, "Added to queue").substring(1))))
        .isEqualTo(new SendOutcome.Accepted(UUID, OptionalInt.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "false"})
  void anErrorThatSaysNothingIsNoSuccessEither(String error) {
    assertThat(read(200, "{\"error\":" + error + "}"))
        .isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
    assertThat(read(400, withError(error))).isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
    assertThat(read(500, withError(error))).isEqualTo(new SendOutcome.Unclear(GATEWAY_ERROR));
    assertThat(
            read(
                200,
                "{\"messages\":[{\"toNumber\":\"%s\",\"status\":\"Failed\",\"error\":%s}]}"
                    .formatted(NUMBER, error)))
        .isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
  }

  @ParameterizedTest
  @CsvSource({"401,BAD_ACCOUNT", "403,BAD_ACCOUNT", "402,NO_CREDIT", "429,RATE_LIMITED"})
  void aStatusThatIsCertainIsARefusalWithoutABody(int status, FailureReason reason) {
    assertThat(read(status, "")).isEqualTo(refused(reason));
    assertThat(read(status, "<html>")).isEqualTo(refused(reason));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void aFaultWithoutAnErrorLeavesItOpenWhetherTheMessageWent(int status) {
    assertThat(read(status, "<html>Bad gateway</html>"))
        .isEqualTo(new SendOutcome.Unclear(GATEWAY_ERROR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "OK",
        "[]",
        "\"success\"",
        "{}",
        "{",
        "{\"messages\":[",
        "<!DOCTYPE html><title>Welcome</title>",
        "{\"status\":\"success\"}",
        "{\"status\":\"success\",\"messageId\":\"\"}",
        "{\"status\":\"success\",\"messageId\":7}",
        "{\"status\":\"success\",\"messageId\":\"two words\"}",
        "{\"status\":\"success\",\"messageId\":\"m\"} trailing",
        "{\"status\":\"SUCCESS\",\"messageId\":\"m\"}",
        "{\"status\":\"unheard_of\",\"messageId\":\"m\"}",
        "{\"messages\":{}}",
        "{\"messages\":[7]}",
        "{\"messages\":[{}]}",
        "{\"messages\":[{\"id\":\"a\",\"toNumber\":\"37256789045\"}]}",
        "{\"messages\":[{\"id\":\"a\",\"toNumber\":\"37256789045\",\"status\":\"Failed\"}]}",
        "{\"messages\":[{\"toNumber\":\"37256789045\",\"status\":\"Added to queue\"}]}",
        "{\"messages\":[{\"id\":\"a\",\"status\":\"Added to queue\"}]}"
      })
  void everythingElseIsNotUnderstood(String body) {
    assertThat(read(200, body)).isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
  }

  @Test
  void anAnswerAboutAnotherNumberIsNotUnderstood() {
    assertThat(read(200, documents(UUID, "37256789046", "Added to queue")))
        .isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
  }

  @Test
  void anAnswerAboutTwoMessagesIsNotUnderstood() {
    String one = "{\"id\":\"a\",\"toNumber\":\"37256789045\",\"status\":\"Added to queue\"}";
    assertThat(read(200, "{\"messages\":[" + one + "," + one + "]}"))
        .isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 201, 204, 302, 400, 404})
  void aSuccessWithAnotherStatusIsNotUnderstood(int status) {
    assertThat(read(status, documents(UUID, NUMBER, "Added to queue")))
        .isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
  }

  @Test
  void anIdHasAtMostAHundredCharacters() {
    assertThat(read(200, documents("i".repeat(100), NUMBER, "sent")))
        .isInstanceOf(SendOutcome.Accepted.class);
    assertThat(read(200, documents("i".repeat(101), NUMBER, "sent")))
        .isInstanceOf(SendOutcome.Unclear.class);
  }

  @Test
  void aDeeplyNestedAnswerIsNotTakenApart() {
    String deep = "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);
    assertThat(read(200, deep)).isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
  }

  private static SendOutcome read(int status, String body) {
    return SmspmAnswer.read(status, body, NUMBER);
  }

  private static SendOutcome refused(FailureReason reason) {
    return new SendOutcome.Refused(reason);
  }

  /** A success but for this. */
  private static String withError(String error) {
    return "{\"status\":\"success\",\"messageId\":\"m\",\"error\":" + error + "}";
  }

  private static String documents(String id, String number, String status) {
    return "{\"messages\":[{\"id\":\"%s\",\"toNumber\":\"%s\",\"status\":\"%s\"}]}"
        .formatted(id, number, status);
  }
}
