package com.smspm.keycloak.delivery;

import static com.smspm.keycloak.gateway.FailureReason.GATEWAY_DOWN;
import static com.smspm.keycloak.gateway.FailureReason.GATEWAY_ERROR;
import static com.smspm.keycloak.gateway.FailureReason.NO_CREDIT;
import static com.smspm.keycloak.gateway.FailureReason.NUMBER_REFUSED;
import static com.smspm.keycloak.gateway.FailureReason.RATE_LIMITED;
import static com.smspm.keycloak.gateway.FailureReason.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway.Channel;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.gateway.smspm.Fixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a message is tried again, and when a gateway is left alone; over real sockets. */
@Timeout(30)
class RouteTest {

  private static final String SUCCESS =
      "{\"messages\":[{\"id\":\"id-1\",\"toNumber\":\"37256789045\",\"status\":\"Added to queue\"}]}";
  private static final SmsMessage MESSAGE = Fixture.message("+37256789045", "123456 is your code.");
  private static final Duration SHORT = Duration.ofMillis(150);

  private final MockWebServer server = new MockWebServer();
  private final Route.Attempts attempts = new Route.Attempts();
  private Circuits circuits = new Circuits();

  @BeforeEach
  void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aGatewayThatAsksForAnotherTryGetsItAndOneMessageIsTaken() {
    server.enqueue(retryAfter(429, "0"));
    server.enqueue(retryAfter(503, "0"));
    server.enqueue(answer(SUCCESS));

    assertThat(send(false)).isInstanceOf(SendOutcome.Accepted.class);

    assertThat(server.getRequestCount()).isEqualTo(3);
    assertThat(attempts.mayHaveSent()).isFalse();
  }

  @Test
  void itIsTriedAgainTwiceAndNoMore() {
    for (int i = 0; i < 5; i++) {
      server.enqueue(retryAfter(429, "0"));
    }

    assertThat(send(false))
        .isEqualTo(new SendOutcome.Refused(RATE_LIMITED, Optional.of(Duration.ZERO)));

    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void itIsNotTriedBeforeTheGatewayWantsIt() {
    server.enqueue(retryAfter(429, "1"));
    server.enqueue(answer(SUCCESS));
    long start = System.nanoTime();

    assertThat(send(false)).isInstanceOf(SendOutcome.Accepted.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(950), Duration.ofSeconds(5));
  }

  @Test
  void nobodyWaitsForAGatewayThatWantsALongPause() {
    server.enqueue(retryAfter(503, "6"));

    assertThat(send(false))
        .isEqualTo(new SendOutcome.Refused(GATEWAY_ERROR, Optional.of(Duration.ofSeconds(6))));

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aRefusedConnectionIsTriedAgain() throws IOException {
    AtomicInteger tries = new AtomicInteger();
    Channel closed = channel(closedPort());

    SendOutcome outcome =
        route(
                message -> {
                  tries.incrementAndGet();
                  return closed.send(message);
                },
                false)
            .send(MESSAGE, inTime(), attempts);

    assertThat(outcome).isEqualTo(new SendOutcome.NotReached(UNREACHABLE));
    assertThat(tries).hasValue(3);
    assertThat(attempts.mayHaveSent()).isFalse();
  }

  @Test
  void anUnclearEndIsNeverTriedAgain() {
    server.enqueue(broken());
    server.enqueue(answer(SUCCESS));

    assertThat(send(false)).isEqualTo(new SendOutcome.Unclear(UNREACHABLE));

    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(attempts.mayHaveSent()).isTrue();
  }

  @Test
  void unlessAnAdminPrefersTwoMessagesToNone() {
    server.enqueue(broken());
    server.enqueue(answer(SUCCESS));

    assertThat(send(true)).isInstanceOf(SendOutcome.Accepted.class);

    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aRefusalIsFinal() {
    server.enqueue(answer("{\"status\":\"invalid_phone\"}"));

    assertThat(send(true)).isEqualTo(new SendOutcome.Refused(NUMBER_REFUSED));

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void nothingIsTriedAgainAfterItsTime() {
    server.enqueue(retryAfter(429, "1"));
    server.enqueue(retryAfter(429, "1"));
    Deadline waited = Deadline.in(Duration.ofMillis(500), Instant.MAX);
    Deadline expired = Deadline.in(Duration.ofHours(1), Instant.now().plusMillis(500));

    route(channel(server.getPort()), false).send(MESSAGE, waited, attempts);
    route(channel(server.getPort()), false).send(MESSAGE, expired, attempts);

    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void afterFiveFailuresInARowTheGatewayIsLeftAlone() {
    for (int i = 0; i < 5; i++) {
      server.enqueue(broken());
      send(false);
    }

    assertThat(send(false)).isEqualTo(new SendOutcome.NotReached(GATEWAY_DOWN));

    assertThat(server.getRequestCount()).isEqualTo(5);
  }

  @Test
  void aGoodAnswerInBetweenBeginsTheCountAgainAndARefusalIsOne() {
    for (int i = 0; i < 8; i++) {
      server.enqueue(i % 4 == 3 ? answer("{\"status\":\"low_balance\"}") : broken());
      send(false);
    }

    assertThat(server.getRequestCount()).isEqualTo(8);
    for (int i = 0; i < 20; i++) {
      server.enqueue(answer("{\"status\":\"low_balance\"}"));
      assertThat(send(false)).isEqualTo(new SendOutcome.Refused(NO_CREDIT));
    }
  }

  @Test
  void accountsAreLeftAloneOneByOne() {
    Channel other = channel(server.getPort());
    for (int i = 0; i < 5; i++) {
      server.enqueue(broken());
      send(false);
    }
    server.enqueue(answer(SUCCESS));

    SendOutcome outcome =
        new Route("smspm", other, circuits.of("smspm", "another"), new Retries(false), false)
            .send(MESSAGE, inTime(), attempts);

    assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
  }

  @Test
  void afterThePauseOneMessageTriesTheGatewayAndTheOthersDoNotWaitForIt() throws Exception {
    circuits = new Circuits(1, SHORT);
    server.enqueue(broken());
    send(false);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Channel slow =
        message -> {
          asked.countDown();
          awaitUninterruptibly(answered);
          return new SendOutcome.Accepted("id", OptionalInt.empty());
        };
    Thread probe = new Thread(() -> untilTried(slow, asked));
    probe.start();
    asked.await();

    assertThat(send(false)).isEqualTo(new SendOutcome.NotReached(GATEWAY_DOWN));
    answered.countDown();
    probe.join();

    server.enqueue(answer(SUCCESS));
    assertThat(send(false)).isInstanceOf(SendOutcome.Accepted.class);
  }

  @Test
  void aProbeThatFailsOpensTheCircuitAgain() {
    circuits = new Circuits(1, SHORT);
    server.enqueue(broken());
    send(false);
    server.enqueue(broken());
    while (server.getRequestCount() < 2) {
      Thread.onSpinWait();
      send(false);
    }

    assertThat(send(false)).isEqualTo(new SendOutcome.NotReached(GATEWAY_DOWN));
    server.enqueue(answer(SUCCESS));
    while (!(send(false) instanceof SendOutcome.Accepted)) {
      Thread.onSpinWait();
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void aFaultOfAGatewaysCodeIsAnUnclearEndAndCounts() {
    Channel faulty =
        message -> {
          throw new IllegalStateException("123456");
        };
    for (int i = 0; i < 5; i++) {
      assertThat(route(faulty, false).send(MESSAGE, inTime(), attempts))
          .isEqualTo(new SendOutcome.Unclear(GATEWAY_ERROR));
    }
    assertThat(route(faulty, false).send(MESSAGE, inTime(), attempts))
        .isEqualTo(new SendOutcome.NotReached(GATEWAY_DOWN));
  }

  @Test
  void whoStopsTheServerDoesNotWaitForAPause() throws InterruptedException {
    server.enqueue(retryAfter(429, "5"));
    Thread sending = new Thread(() -> send(false));
    sending.start();
    server.takeRequest();

    sending.interrupt();
    sending.join(4_000);

    assertThat(sending.isAlive()).isFalse();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  private void untilTried(Channel channel, CountDownLatch asked) {
    while (asked.getCount() > 0) {
      Thread.onSpinWait();
      route(channel, false).send(MESSAGE, inTime(), new Route.Attempts());
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private SendOutcome send(boolean afterUnclear) {
    return route(channel(server.getPort()), afterUnclear).send(MESSAGE, inTime(), attempts);
  }

  private Route route(Channel channel, boolean afterUnclear) {
    return new Route("smspm", channel, circuits.of("smspm", ""), new Retries(afterUnclear), false);
  }

  private static Deadline inTime() {
    return Deadline.in(Duration.ofSeconds(20), Instant.MAX);
  }

  private static Channel channel(int port) {
    return Fixture.channel(
        Map.of("endpoint", "http://127.0.0.1:" + port, "hash", "the-hash", "token", "the-token"));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static MockResponse answer(String body) {
    return new MockResponse.Builder().body(body).build();
  }

  private static MockResponse retryAfter(int status, String seconds) {
    return new MockResponse.Builder().code(status).addHeader("Retry-After", seconds).build();
  }

  private static MockResponse broken() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }
}
