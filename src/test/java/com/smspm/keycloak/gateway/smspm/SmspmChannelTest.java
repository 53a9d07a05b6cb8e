package com.smspm.keycloak.gateway.smspm;

import static com.smspm.keycloak.gateway.FailureReason.BAD_ACCOUNT;
import static com.smspm.keycloak.gateway.FailureReason.GATEWAY_ERROR;
import static com.smspm.keycloak.gateway.FailureReason.NOT_UNDERSTOOD;
import static com.smspm.keycloak.gateway.FailureReason.NO_CREDIT;
import static com.smspm.keycloak.gateway.FailureReason.NUMBER_REFUSED;
import static com.smspm.keycloak.gateway.FailureReason.RATE_LIMITED;
import static com.smspm.keycloak.gateway.FailureReason.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.phone.PhoneNumber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SmspmChannelTest {

  private static final String SUCCESS =
      "{\"messages\":[{\"id\":\"id-1\",\"toNumber\":\"37256789045\",\"status\":\"Added to queue\"}]}";
  private static final String TEXT =
      "012345 on sinu kood \u2013 \u00f5 \ud83d\ude42\n\n@example.org #012345";
  private static final SmsMessage MESSAGE = Fixture.message("+37256789045", TEXT);
  private static final SendOutcome ACCEPTED = new SendOutcome.Accepted("id-1", OptionalInt.empty());

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aMessageIsPostedWithItsAccountAndNothingIsInTheUrl() throws Exception {
    server.enqueue(answer(200, SUCCESS));
    assertThat(send()).isEqualTo(ACCEPTED);

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getTarget()).isEqualTo("/v2");
    assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
    JsonNode body = body(request);
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("hash", "token", "toNumber", "fromNumber", "text");
    assertThat(body.path("hash").textValue()).isEqualTo("the-hash");
    assertThat(body.path("token").textValue()).isEqualTo("the-token");
    assertThat(body.path("toNumber").textValue()).isEqualTo("37256789045");
    assertThat(body.path("fromNumber").textValue()).isEqualTo("smspm.com");
    assertThat(body.path("text").textValue()).isEqualTo(TEXT);
  }

  @Test
  void theReportUrlGoesAlongWhereThereIsOne() throws Exception {
    server.enqueue(answer(200, SUCCESS));
    URI report = URI.create("https://id.example/realms/r/smspm/report/capability");
    channel("5000")
        .send(
            new SmsMessage(
                "id", Purpose.LOGIN, new PhoneNumber("+37256789045"), TEXT, Optional.of(report)));
    assertThat(body(server.takeRequest()).path("report").textValue()).isEqualTo(report.toString());
  }

  @Test
  void theMarketingAnswerIsUnderstoodToo() {
    server.enqueue(answer(200, "{\"status\":\"success\",\"messageId\":\"msg_1\",\"parts\":2}"));
    assertThat(send()).isEqualTo(new SendOutcome.Accepted("msg_1", OptionalInt.of(2)));
  }

  @Test
  void aRefusalIsOneWithEveryStatus() {
    server.enqueue(answer(200, "{\"error\":\"Invalid phone number: 37256789045\"}"));
    assertThat(send()).isEqualTo(new SendOutcome.Refused(NUMBER_REFUSED));
    server.enqueue(answer(200, "{\"messages\":[]}"));
    assertThat(send()).isEqualTo(new SendOutcome.Refused(NUMBER_REFUSED));
    server.enqueue(answer(401, "{\"error\":\"Unauthorized\"}"));
    assertThat(send()).isEqualTo(new SendOutcome.Refused(BAD_ACCOUNT));
    server.enqueue(answer(500, "{\"error\":\"Low balance\"}"));
    assertThat(send()).isEqualTo(new SendOutcome.Refused(NO_CREDIT));
  }

  @Test
  void aFaultIsNoRefusalWhateverItSays() {
    for (int status : new int[] {500, 502, 503, 504}) {
      server.enqueue(answer(status, "{\"error\":\"upstream timed out\"}"));
      assertThat(send()).isEqualTo(new SendOutcome.Unclear(GATEWAY_ERROR));
    }
  }

  @Test
  void aSuccessMayHaveAnErrorThatSaysNothing() {
    for (String error : new String[] {"\"\"", "false"}) {
      server.enqueue(answer(200, SUCCESS.replace("\"id\"", "\"error\":" + error + ",\"id\"")));
      assertThat(send()).isEqualTo(ACCEPTED);
      server.enqueue(
          answer(200, "{\"status\":\"success\",\"messageId\":\"id-1\",\"error\":" + error + "}"));
      assertThat(send()).isEqualTo(ACCEPTED);
    }
  }

  @Test
  void anAnswerThatIsNoneIsUnclear() {
    for (String body : new String[] {"<!DOCTYPE html>", "", "{\"messages\":["}) {
      server.enqueue(answer(200, body));
      assertThat(send()).isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
    }
  }

  @Test
  void anAnswerOfAMegabyteIsNotRead() {
    // A success, but for its length: what is read must be bounded
    server.enqueue(answer(200, SUCCESS + " ".repeat(1024 * 1024)));
    assertThat(send()).isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
    server.enqueue(answer(200, SUCCESS + " ".repeat(32 * 1024)));
    assertThat(send()).isEqualTo(ACCEPTED);
  }

  @Test
  void aRedirectIsNotFollowedWithTheCredentials() throws IOException {
    try (MockWebServer elsewhere = new MockWebServer()) {
      elsewhere.start(InetAddress.getLoopbackAddress(), 0);
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        server.enqueue(
            new MockResponse.Builder()
                .code(status)
                .setHeader("Location", elsewhere.url("/"))
                .body(SUCCESS)
                .build());
        assertThat(send()).isEqualTo(new SendOutcome.Unclear(NOT_UNDERSTOOD));
      }
      assertThat(elsewhere.getRequestCount()).isZero();
      assertThat(server.getRequestCount()).isEqualTo(5);
    }
  }

  @Test
  void anAnswerThatTricklesInEndsWithTheCallsTime() {
    server.enqueue(
        new MockResponse.Builder()
            .body(SUCCESS)
            .throttleBody(1, 20, TimeUnit.MILLISECONDS)
            .build());
    long start = System.nanoTime();
    assertThat(channel("300").send(MESSAGE)).isEqualTo(new SendOutcome.Unclear(UNREACHABLE));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(250), Duration.ofMillis(1500));
  }

  @Test
  void aGatewayThatNeverAnswersIsUnclear() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThat(channel("300").send(MESSAGE)).isEqualTo(new SendOutcome.Unclear(UNREACHABLE));
  }

  @Test
  void aConnectionThatBreaksAfterTheRequestIsUnclearAndNothingIsRepeated() {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.enqueue(answer(200, SUCCESS));
    assertThat(send()).isEqualTo(new SendOutcome.Unclear(UNREACHABLE));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aGatewayThatAsksToTryAgainAtOnceIsNotPostedToAgain() {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
    server.enqueue(answer(200, SUCCESS));

    assertThat(send())
        .isEqualTo(new SendOutcome.Refused(GATEWAY_ERROR, Optional.of(Duration.ZERO)));

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void whenToTryAgainIsHandedOnWhereItWasAskedFor() {
    Map<Integer, SendOutcome> expected =
        Map.of(
            429, new SendOutcome.Refused(RATE_LIMITED, Optional.of(Duration.ofSeconds(7))),
            503, new SendOutcome.Refused(GATEWAY_ERROR, Optional.of(Duration.ofSeconds(7))),
            // Both mean something else, and a 500 may have sent
            402, new SendOutcome.Refused(NO_CREDIT),
            500, new SendOutcome.Unclear(GATEWAY_ERROR));
    expected.forEach(
        (status, outcome) -> {
          server.enqueue(
              new MockResponse.Builder().code(status).addHeader("Retry-After", "7").build());
          assertThat(send()).isEqualTo(outcome);
        });
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "soon").build());
    assertThat(send()).isEqualTo(new SendOutcome.Unclear(GATEWAY_ERROR));
  }

  @Test
  void aRefusedConnectionNeverReachedTheGateway() throws IOException {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0)) {
      freePort = socket.getLocalPort();
    }
    assertThat(Fixture.channel(options("http://127.0.0.1:" + freePort, "2000")).send(MESSAGE))
        .isEqualTo(new SendOutcome.NotReached(UNREACHABLE));
  }

  @Test
  void oneConnectionServesOneMessageAfterTheOther() throws InterruptedException {
    var channel = channel("5000");
    for (int i = 0; i < 5; i++) {
      server.enqueue(answer(200, SUCCESS));
      assertThat(channel.send(MESSAGE)).isEqualTo(ACCEPTED);
      assertThat(server.takeRequest())
          .returns(0, RecordedRequest::getConnectionIndex)
          .returns(i, RecordedRequest::getExchangeIndex);
    }
  }

  @Test
  void aRealmsSecretsAreNeverShown() {
    assertThat(channel("5000").toString()).doesNotContain("the-hash").doesNotContain("the-token");
    assertThat(MESSAGE.toString()).doesNotContain("012345").doesNotContain("56789");
  }

  private SendOutcome send() {
    return channel("5000").send(MESSAGE);
  }

  private SmsGateway.Channel channel(String callTimeout) {
    return Fixture.channel(options("http://127.0.0.1:" + server.getPort() + "/v2", callTimeout));
  }

  private static Map<String, String> options(String endpoint, String callTimeout) {
    return Map.of(
        "endpoint",
        endpoint,
        "hash",
        "the-hash",
        "token",
        "the-token",
        "call-timeout",
        callTimeout);
  }

  private static MockResponse answer(int status, String body) {
    return new MockResponse.Builder().code(status).body(body).build();
  }

  private static JsonNode body(RecordedRequest request) throws IOException {
    return new ObjectMapper().readTree(request.getBody().utf8());
  }
}
