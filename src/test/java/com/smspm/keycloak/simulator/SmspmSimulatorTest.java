package com.smspm.keycloak.simulator;

import static com.smspm.keycloak.gateway.FailureReason.BAD_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.gateway.smspm.Fixture;
import com.smspm.keycloak.simulator.Behaviour.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The stand-in and the client agree on the wire. */
class SmspmSimulatorTest {

  private static final String NUMBER = "+37256789045";
  private static final String TEXT = "012345 is your code.\n\n@example.org #012345";

  private final SmspmSimulator simulator = SmspmSimulator.start(0);

  @AfterEach
  void stop() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Answer.class,
      names = {"DOCUMENTS", "MARKETING"})
  void aMessageIsTakenInBothForms(Answer form) {
    simulator.behave(new Behaviour(form, 0));
    assertThat(send(NUMBER)).isInstanceOf(SendOutcome.Accepted.class);
    assertThat(simulator.awaitMessagesTo(NUMBER, 1, Duration.ofSeconds(5)))
        .singleElement()
        .returns(TEXT, Message::text)
        .returns("012345", Message::code)
        .returns("smspm.com", Message::from);
  }

  @ParameterizedTest
  @EnumSource(
      value = Answer.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DOCUMENTS", "MARKETING"})
  void everyOtherAnswerIsNoSuccessAndLeavesNoMessage(Answer answer) {
    simulator.behave(new Behaviour(answer, 0));
    assertThat(send(NUMBER)).isNotInstanceOf(SendOutcome.Accepted.class);
    assertThat(simulator.messagesTo(NUMBER)).isEmpty();
    assertThat(simulator.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "+37250000001,NUMBER_REFUSED",
    "+37250000002,NO_CREDIT",
    "+37250000003,SENDER_REFUSED",
    "+37250000004,RATE_LIMITED",
    "+37250000005,GATEWAY_ERROR",
    "+37250000006,NOT_UNDERSTOOD"
  })
  void aMagicNumberHasATroubleOfItsOwn(String number, FailureReason reason) {
    FailureReason seen =
        send(number)
            .fold(
                accepted -> null,
                SendOutcome.Refused::reason,
                SendOutcome.NotReached::reason,
                SendOutcome.Unclear::reason);
    assertThat(seen).isEqualTo(reason);
    assertThat(simulator.messagesTo(number)).isEmpty();
  }

  @Test
  void aWrongAccountIsRefused() {
    assertThat(channel("demo-hash", "guessed").send(Fixture.message(NUMBER, TEXT)))
        .isEqualTo(new SendOutcome.Refused(BAD_ACCOUNT));
    assertThat(simulator.messagesTo(NUMBER)).isEmpty();
  }

  @Test
  void theFormWithAQueryIsTakenToo() throws Exception {
    HttpResponse<String> answer =
        get(
            "/?hash=demo-hash&token=demo-token&toNumber=37256789045&fromNumber=smspm.com"
                + "&text=123456%20is%20it");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"messages\"").contains("Added to queue");
    assertThat(simulator.messagesTo(NUMBER)).singleElement().returns("123456 is it", Message::text);
  }

  @Test
  void anIncompleteAccountIsToldWhatIsMissing() throws Exception {
    assertThat(get("/?token=demo-token&toNumber=1").body())
        .isEqualTo("{\"error\":\"Hash is required\"}");
    assertThat(get("/?hash=demo-hash&toNumber=1").body())
        .isEqualTo("{\"error\":\"Token is required\"}");
  }

  @Test
  void theAccountsBalanceAndSendersCanBeRead() throws Exception {
    String account = "?hash=demo-hash&token=demo-token";
    assertThat(get("/balance" + account).body()).isEqualTo("{\"balance\":12.3}");
    assertThat(get("/sender-ids" + account).body()).isEqualTo("{\"senders\":[\"smspm.com\"]}");
    assertThat(get("/balance?hash=demo-hash&token=guessed").statusCode()).isEqualTo(401);
    assertThat(get("/sender-ids").statusCode()).isEqualTo(400);
  }

  private SendOutcome send(String number) {
    return channel("demo-hash", "demo-token").send(Fixture.message(number, TEXT));
  }

  private SmsGateway.Channel channel(String hash, String token) {
    return Fixture.channel(Map.of("endpoint", simulator.endpoint(), "hash", hash, "token", token));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(simulator.endpoint() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
