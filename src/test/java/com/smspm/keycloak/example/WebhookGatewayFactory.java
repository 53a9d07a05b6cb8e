package com.smspm.keycloak.example;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.gateway.SmsGatewayFactory;
import com.smspm.keycloak.gateway.SmsMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Posts each message as JSON to an address of your own, which answers 202 when it took it. */
public final class WebhookGatewayFactory implements SmsGatewayFactory {

  private static final ObjectMapper JSON = new ObjectMapper();

  private HttpClient client;
  private String url;
  private String token;

  /** The provider's id: it stands in the option {@code gateways}, and in the names of these two. */
  @Override
  public String getId() {
    return "webhook";
  }

  /** Reads {@code --spi-sms-gateway--webhook--url} and {@code …--token}. It must not throw. */
  @Override
  public void init(Config.Scope config) {
    url = config.get("url");
    token = config.get("token");
    client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  }

  /** Without an address there is no account, and the next gateway is asked. */
  @Override
  public SmsGateway create(KeycloakSession session) {
    return realm -> url == null || token == null ? Optional.empty() : Optional.of(this::send);
  }

  private SendOutcome send(SmsMessage message) {
    HttpRequest request;
    try {
      Map<String, String> fields = Map.of("to", message.to().e164(), "text", message.text());
      request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(Duration.ofSeconds(10))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(fields)))
              .build();
    } catch (IOException | IllegalArgumentException unusable) {
      return new SendOutcome.NotReached(FailureReason.NOT_CONFIGURED);
    }
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return switch (status) {
        case 202 -> new SendOutcome.Accepted(message.id(), OptionalInt.empty());
        case 401, 403 -> new SendOutcome.Refused(FailureReason.BAD_ACCOUNT);
        case 422 -> new SendOutcome.Refused(FailureReason.NUMBER_REFUSED);
        case 429 -> new SendOutcome.Refused(FailureReason.RATE_LIMITED);
        default -> new SendOutcome.Unclear(FailureReason.NOT_UNDERSTOOD);
      };
    } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
      return new SendOutcome.NotReached(FailureReason.UNREACHABLE);
    } catch (IOException perhapsOnItsWay) {
      return new SendOutcome.Unclear(FailureReason.UNREACHABLE);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new SendOutcome.Unclear(FailureReason.UNREACHABLE);
    }
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}
}
