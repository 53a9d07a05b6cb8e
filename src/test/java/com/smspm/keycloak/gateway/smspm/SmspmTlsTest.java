package com.smspm.keycloak.gateway.smspm;

import static com.smspm.keycloak.gateway.FailureReason.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.gateway.SendOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.OptionalInt;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keycloak.models.KeycloakSession;

/** Whom the client trusts. */
@Timeout(30)
class SmspmTlsTest {

  private static final HeldCertificate OURS = certificate("127.0.0.1");

  private final MockWebServer server = new MockWebServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aCertificateInKeycloaksTruststoreIsTrusted() throws IOException {
    serve(OURS);
    assertThat(send(Fixture.session(OURS.certificate())))
        .isEqualTo(new SendOutcome.Accepted("m", OptionalInt.empty()));
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void callsDoNotShareAConnectionWhereTheGatewayOffersIt() throws Exception {
    serve(OURS);
    assertThat(server.getProtocols()).contains(Protocol.HTTP_2);
    send(Fixture.session(OURS.certificate()));
    assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/1.1");
  }

  @Test
  void aCertificateThatNobodyTrustsEndsTheCallBeforeTheMessageLeft() throws IOException {
    serve(OURS);
    assertThat(send(Fixture.session(null))).isEqualTo(new SendOutcome.NotReached(UNREACHABLE));
    assertThat(send(Fixture.session(certificate("127.0.0.1").certificate())))
        .isEqualTo(new SendOutcome.NotReached(UNREACHABLE));
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aTrustedCertificateOfAnotherHostIsNotEnough() throws IOException {
    HeldCertificate other = certificate("another.example");
    serve(other);
    assertThat(send(Fixture.session(other.certificate())))
        .isEqualTo(new SendOutcome.NotReached(UNREACHABLE));
    assertThat(server.getRequestCount()).isZero();
  }

  private void serve(HeldCertificate certificate) throws IOException {
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .build()
            .sslSocketFactory());
    server.enqueue(
        new MockResponse.Builder().body("{\"status\":\"success\",\"messageId\":\"m\"}").build());
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  private SendOutcome send(KeycloakSession session) {
    return Fixture.channel(
            Map.of(
                "endpoint", "https://127.0.0.1:" + server.getPort(),
                "hash", "the-hash",
                "token", "the-token"),
            session)
        .send(Fixture.message("+37256789045", "012345"));
  }

  private static HeldCertificate certificate(String host) {
    return new HeldCertificate.Builder().addSubjectAlternativeName(host).build();
  }
}
