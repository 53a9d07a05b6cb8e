package com.smspm.keycloak.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway.Channel;
import com.smspm.keycloak.gateway.smspm.Fixture;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gateways that die, hang or trickle: every message ends, and no thread or connection is left. */
@Timeout(60)
class TroubledGatewayTest {

  private static final String HALF_AN_ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n{\"mess";

  private static final int LAST_STEPS_MILLIS = 5_000;

  private interface Trouble {
    void with(Socket socket) throws IOException;
  }

  @Test
  void aGatewayThatIsKilledInTheMiddleOfAnAnswer() throws Exception {
    assertThat(outcome(TroubledGatewayTest::resetWhileAnswering))
        .isEqualTo(new SendOutcome.Unclear(FailureReason.UNREACHABLE));
  }

  @Test
  void aGatewayThatClosesItsHalfOfTheConnection() throws Exception {
    assertThat(outcome(Socket::shutdownOutput))
        .isEqualTo(new SendOutcome.Unclear(FailureReason.UNREACHABLE));
  }

  @Test
  void aGatewayThatNeverAnswers() throws Exception {
    assertThat(
            outcome(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream())))
        .isEqualTo(new SendOutcome.Unclear(FailureReason.UNREACHABLE));
  }

  /** Whoever stops the server waits neither for the gateway nor for the end of the call's time. */
  @Test
  void aCallThatHangsEndsWithTheServerAndItsEndIsKnown() throws Exception {
    ConcurrentLinkedQueue<SendOutcome> outcomes = new ConcurrentLinkedQueue<>();
    CountDownLatch asked = new CountDownLatch(1);
    try (ServerSocket gateway = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread serving =
          new Thread(
              () ->
                  serve(
                      gateway,
                      socket -> {
                        asked.countDown();
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                      }));
      serving.start();
      Dispatcher dispatcher = new Dispatcher(1, 1);
      dispatcher.submit(
          new Sending(channel(gateway.getLocalPort(), 60_000), outcomes, new CountDownLatch(1)));
      asked.await();

      Thread.currentThread().interrupt(); // the same end as after five seconds, at once
      dispatcher.close();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(outcomes).containsExactly(new SendOutcome.Unclear(FailureReason.UNREACHABLE));
      serving.join();
    }
    assertThat(deliveryThreads()).isEmpty();
  }

  /** A byte in each tenth of the call's time: every single read is in time. */
  @Test
  void aGatewayThatSendsItsAnswerByteByByte() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    assertThat(
            outcome(
                socket -> {
                  for (byte one : HALF_AN_ANSWER.getBytes(StandardCharsets.US_ASCII)) {
                    socket.getOutputStream().write(one);
                    waitFor(never, 50);
                  }
                }))
        .isEqualTo(new SendOutcome.Unclear(FailureReason.UNREACHABLE));
  }

  @Test
  void aThousandMessagesAtThirtyTwoAtATimeOpenThirtyTwoConnectionsAtMost() throws Exception {
    assertThat(connections(32, 1000)).isBetween(1, 32);
  }

  @Test
  void oneAtATimeOpensOneConnection() throws Exception {
    assertThat(connections(1, 100)).isEqualTo(1);
  }

  private static int connections(int atATime, int messages) throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(
          new mockwebserver3.Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return new MockResponse.Builder()
                  .body("{\"status\":\"success\",\"messageId\":\"id\"}")
                  .build();
            }
          });
      server.start(InetAddress.getLoopbackAddress(), 0);
      Channel channel = channel(server.getPort(), 10_000);
      CountDownLatch sent = new CountDownLatch(messages);
      try (Dispatcher dispatcher = new Dispatcher(atATime, messages)) {
        for (int i = 0; i < messages; i++) {
          dispatcher.submit(new Sending(channel, new ConcurrentLinkedQueue<>(), sent));
        }
        sent.await();
      }
      Set<Integer> seen = new HashSet<>();
      for (int i = 0; i < messages; i++) {
        seen.add(server.takeRequest().getConnectionIndex());
      }
      return seen.size();
    }
  }

  /** What becomes of a message; and then every thread that had to do with it has ended. */
  private static SendOutcome outcome(Trouble trouble) throws Exception {
    ConcurrentLinkedQueue<SendOutcome> outcomes = new ConcurrentLinkedQueue<>();
    CountDownLatch sent = new CountDownLatch(1);
    try (ServerSocket gateway = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread serving = new Thread(() -> serve(gateway, trouble));
      serving.start();
      try (Dispatcher dispatcher = new Dispatcher(1, 1)) {
        dispatcher.submit(new Sending(channel(gateway.getLocalPort(), 500), outcomes, sent));
        sent.await();
      }
      serving.join();
    }
    assertThat(deliveryThreads()).isEmpty();
    return outcomes.element();
  }

  private static void serve(ServerSocket gateway, Trouble trouble) {
    try (Socket socket = gateway.accept()) {
      // Until the request's body has come
      while (socket.getInputStream().read() != '{') {
        Thread.onSpinWait();
      }
      trouble.with(socket);
    } catch (IOException theClientHasGone) {
      // as it should
    }
  }

  private static void resetWhileAnswering(Socket socket) throws IOException {
    socket.getOutputStream().write(HALF_AN_ANSWER.getBytes(StandardCharsets.US_ASCII));
    socket.setSoLinger(true, 0);
  }

  private static void waitFor(CountDownLatch latch, long millis) {
    try {
      latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Thread> deliveryThreads() throws InterruptedException {
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("smspm-delivery-"))
            .toList();
    for (Thread thread : threads) {
      // An executor has terminated a moment before its last thread has
      thread.join(LAST_STEPS_MILLIS);
    }
    return threads.stream().filter(Thread::isAlive).toList();
  }

  private static Channel channel(int port, int callMillis) {
    return Fixture.channel(
        Map.of(
            "endpoint",
            "http://127.0.0.1:" + port,
            "hash",
            "the-hash",
            "token",
            "the-token",
            "call-timeout",
            Integer.toString(callMillis)));
  }

  private record Sending(
      Channel channel, ConcurrentLinkedQueue<SendOutcome> outcomes, CountDownLatch sent)
      implements Dispatcher.Work {

    @Override
    public void run() {
      outcomes.add(channel.send(Fixture.message("+37256789045", "123456 is your code.")));
      sent.countDown();
    }

    @Override
    public void turnedAway() {
      sent.countDown();
    }
  }
}
