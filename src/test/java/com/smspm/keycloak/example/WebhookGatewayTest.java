package com.smspm.keycloak.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway.Channel;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.phone.PhoneNumber;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.Config;

/** The example of docs/gateways.md, against a real HTTP server. */
class WebhookGatewayTest {

  private static final SmsMessage MESSAGE =
      new SmsMessage(
          "our-own-id",
          Purpose.LOGIN,
          new PhoneNumber("+37256789045"),
          "123456 is your \"code\"",
          Optional.empty());

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aMessageIsPostedAndAccepted() throws Exception {
    server.enqueue(new MockResponse.Builder().code(202).build());

    SendOutcome outcome = channel().orElseThrow().send(MESSAGE);

    assertThat(outcome).isEqualTo(new SendOutcome.Accepted("our-own-id", OptionalInt.empty()));
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer a-token");
    assertThat(request.getBody().utf8())
        .contains("\"to\":\"+37256789045\"")
        .contains("\"text\":\"123456 is your \\\"code\\\"\"");
  }

  @ParameterizedTest
  @CsvSource({
    "401, BAD_ACCOUNT",
    "403, BAD_ACCOUNT",
    "422, NUMBER_REFUSED",
    "429, RATE_LIMITED",
  })
  void aRefusalIsOne(int status, FailureReason reason) {
    server.enqueue(new MockResponse.Builder().code(status).build());

    assertThat(channel().orElseThrow().send(MESSAGE)).isEqualTo(new SendOutcome.Refused(reason));
  }

  @ParameterizedTest
  @CsvSource({"200", "301", "500"})
  void whatIsNotUnderstoodIsUnclear(int status) {
    server.enqueue(new MockResponse.Builder().code(status).build());

    assertThat(channel().orElseThrow().send(MESSAGE))
        .isEqualTo(new SendOutcome.Unclear(FailureReason.NOT_UNDERSTOOD));
  }

  @Test
  void whereNobodyListensNothingWasSent() {
    Optional<Channel> channel = channel();
    server.close();

    assertThat(channel.orElseThrow().send(MESSAGE))
        .isEqualTo(new SendOutcome.NotReached(FailureReason.UNREACHABLE));
  }

  @Test
  void withoutAnAddressThereIsNoAccount() {
    assertThat(channel(Map.of("token", "a-token"))).isEmpty();
  }

  @Test
  void anAddressThatIsNoneIsToldAsSuch() {
    assertThat(channel(Map.of("url", "no address", "token", "t")).orElseThrow().send(MESSAGE))
        .isEqualTo(new SendOutcome.NotReached(FailureReason.NOT_CONFIGURED));
  }

  private Optional<Channel> channel() {
    return channel(Map.of("url", server.url("/sms").toString(), "token", "a-token"));
  }

  private static Optional<Channel> channel(Map<String, String> options) {
    WebhookGatewayFactory factory = new WebhookGatewayFactory();
    factory.init(
        new Config.SystemPropertiesScope("") {
          @Override
          public String get(String key) {
            return options.get(key);
          }
        });
    return factory.create(null).channel(null);
  }
}
