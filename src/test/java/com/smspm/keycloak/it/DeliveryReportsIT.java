package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import com.smspm.keycloak.simulator.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** Who may say what became of a message: the address is the secret. */
@KeycloakIntegrationTest(config = TestServer.class)
class DeliveryReportsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @InjectAdminClient Keycloak admin;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserWithANumber() {
    user = TestUser.withNumber(realm.admin());
  }

  @AfterEach
  void goOnAsUsual() {
    moveTo(0);
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    browser.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "%00", "..%2f..%2f", "<script>", "AAAA", "a.b.c", "%F0%9F%98%80"})
  void aForgedAddressIsAnsweredLikeAGoodOneAndLearnsNothing(String capability) {
    String address =
        DeliveryApi.address("delivery-reports", capability.isEmpty() ? "-" : escaped(capability));
    DeliveryApi.get(address + "?status=delivered").isPlainOk();
    DeliveryApi.post(address, "{\"status\":\"delivered\"}").isPlainOk();
    assertThat(DeliveryApi.get(DeliveryApi.address("status", escaped(capability) + "-")).status())
        .isEqualTo(404);
  }

  @Test
  void aChangedCapabilityIsNone() {
    Message message = DeliveryApi.sent(browser, user);
    String good = capability(message);
    byte[] bytes = Base64.getUrlDecoder().decode(good);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      report(Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
    }
    report(good + "A".repeat(4));
    report(good.substring(4));
    report("A".repeat(7_000));
    assertThat(state()).isEqualTo("accepted");

    report(good);
    assertThat(state()).isEqualTo("delivered");
  }

  @Test
  void aCapabilityIsGoodForOneUseInOneRealmAndOneMessage() {
    Message message = DeliveryApi.sent(browser, user);
    String asking = path(browser.deliveryPath());
    String reporting = capability(message);

    // For asking one cannot report, for reporting one cannot ask, and neither works elsewhere
    report(asking);
    assertThat(DeliveryApi.get(DeliveryApi.address("status", reporting)).status()).isEqualTo(404);
    DeliveryApi.get(
            DeliveryApi.address("delivery-reports", reporting)
                    .replace("/realms/" + DemoRealm.NAME, "/realms/master")
                + "?status=delivered")
        .isPlainOk();
    assertThat(state()).isEqualTo("accepted");

    TestUser other = TestUser.withNumber(realm.admin());
    try (TestBrowser another = new TestBrowser()) {
      another.signIn(other);
      other.code(1);
      String status = another.deliveryPath();
      report(reporting);
      assertThat(DeliveryApi.status(status)).doesNotContain("delivered");
    }
    assertThat(state()).isEqualTo("delivered");
  }

  @Test
  void aCapabilityEndsWithWhatIsKnownOfItsMessage() {
    Message message = DeliveryApi.sent(browser, user);
    String status = browser.deliveryPath();
    moveTo(1780);
    assertThat(DeliveryApi.get(absolute(status)).status()).isEqualTo(200);

    moveTo(1801);

    assertThat(DeliveryApi.get(absolute(status)).status()).isEqualTo(404);
    DeliveryApi.report(message, "GET", "delivered").isPlainOk();
    moveTo(60);
    assertThat(DeliveryApi.status(status)).doesNotContain("delivered");
  }

  @Test
  void hugeAndHostileReportsOfAGoodAddressAreNoReports() {
    Message message = DeliveryApi.sent(browser, user);
    for (String body :
        List.of(
            "",
            "[]",
            "\"delivered\"",
            "{\"status\":[\"delivered\"]}",
            "{\"status\":{\"delivered\":1}}",
            "<html>delivered</html>",
            "{\"status\":\"delivered\"",
            "[".repeat(3_000),
            "{\"status\":\"delivered\",\"messageId\":\"" + "9".repeat(100_000) + "\"}")) {
      DeliveryApi.post(message.report(), body).isPlainOk();
    }
    DeliveryApi.get(message.report() + "?status=" + "delivered".repeat(500)).isPlainOk();
    DeliveryApi.get(message.report() + "?status=%3Cb%3Edelivered%3C%2Fb%3E").isPlainOk();
    assertThat(state()).isEqualTo("accepted");

    // What it says beside the state is not looked at
    DeliveryApi.post(
            message.report(),
            "{\"messageId\":\"" + UUID.randomUUID() + "\",\"status\":\"delivered\",\"to\":1e9}")
        .isPlainOk();
    assertThat(state()).isEqualTo("delivered");
  }

  @Test
  void nobodyWithoutACapabilityKeepsAThreadWaitingForABody() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        slow.add(withoutABody(DeliveryApi.address("delivery-reports", "forged" + i)));
      }
      for (Socket socket : slow) {
        assertThat(firstLine(socket)).contains("200");
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void tenThousandForgedReportsChangeNothing() {
    Message message = DeliveryApi.sent(browser, user);
    String good = capability(message);
    AtOnce.run(
        20,
        thread ->
            () -> {
              for (int i = 0; i < 500; i++) {
                String forged =
                    good.substring(0, good.length() - 8)
                        + String.format(Locale.ROOT, "%04d%04d", thread, i);
                DeliveryApi.get(
                        DeliveryApi.address("delivery-reports", forged) + "?status=delivered")
                    .isPlainOk();
              }
              return null;
            });

    assertThat(state()).isEqualTo("accepted");
    assertThat(browser.enterCode(message.code()).isLoggedIn()).isTrue();
  }

  @Test
  void aReportAddressIsTheConfiguredOneAndLongEnough() {
    Message message = DeliveryApi.sent(browser, user);

    assertThat(message.report())
        .startsWith("http://localhost:8080/realms/" + DemoRealm.NAME + "/smspm/delivery-reports/");
    assertThat(capability(message)).hasSizeGreaterThan(60);
  }

  private void moveTo(int second) {
    new ServerClock(admin).moveTo(second);
  }

  private String state() {
    return DeliveryApi.state(browser.deliveryPath());
  }

  private static void report(String capability) {
    DeliveryApi.get(DeliveryApi.address("delivery-reports", capability) + "?status=delivered");
  }

  private static String path(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  private static String capability(Message message) {
    return path(message.report());
  }

  private static String absolute(String path) {
    return "http://localhost:8080" + path;
  }

  private static String escaped(String text) {
    return text.contains("%") ? text : URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Announces a body, and sends none of it. */
  private static Socket withoutABody(String address) throws IOException {
    URI uri = URI.create(address);
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket
        .getOutputStream()
        .write(
            ("POST "
                    + uri.getRawPath()
                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 30\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String firstLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
  }
}
