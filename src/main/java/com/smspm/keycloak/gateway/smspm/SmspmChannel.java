package com.smspm.keycloak.gateway.smspm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.smspm.keycloak.gateway.FailureReason;
import com.smspm.keycloak.gateway.SendOutcome;
import com.smspm.keycloak.gateway.SmsGateway;
import com.smspm.keycloak.gateway.SmsMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.BufferedSource;

/** Posts messages to SMSPM with one account. */
final class SmspmChannel implements SmsGateway.Channel {

  private static final MediaType JSON_TYPE = MediaType.get("application/json; charset=utf-8");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Answers have a few hundred bytes; what is longer than this is none. */
  private static final long LONGEST_ANSWER = 64 * 1024;

  private final OkHttpClient client;
  private final HttpUrl endpoint;
  private final SmspmOptions.Account account;
  private final String name;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param name of the account, for the log
   */
  SmspmChannel(OkHttpClient client, HttpUrl endpoint, SmspmOptions.Account account, String name) {
    this.client = client;
    this.endpoint = endpoint;
    this.account = account;
    this.name = name;
  }

  @Override
  public String account() {
    return name;
  }

  @Override
  public SendOutcome send(SmsMessage message) {
    String number = message.to().e164().substring(1); // as in the API documents: no plus sign
    Progress progress = new Progress();
    Request request =
        new Request.Builder()
            .url(endpoint)
            .post(new SentOnce(body(message, number)))
            .tag(Progress.class, progress)
            .build();
    try (Response response = client.newCall(request).execute()) {
      if (response.isRedirect()) {
        // Credentials and code are for this endpoint only
        return new SendOutcome.Unclear(FailureReason.NOT_UNDERSTOOD);
      }
      BufferedSource source = response.body().source();
      if (source.request(LONGEST_ANSWER + 1)) {
        return new SendOutcome.Unclear(FailureReason.NOT_UNDERSTOOD);
      }
      return SmspmAnswer.read(
          response.code(), RetryAfter.of(response, clock), source.readUtf8(), number);
    } catch (IOException e) {
      boolean neverLeft =
          !progress.requestStarted
              || e instanceof UnknownHostException
              || e instanceof ConnectException
              || e instanceof NoRouteToHostException
              || (e instanceof SSLException && !progress.connected);
      return neverLeft
          ? new SendOutcome.NotReached(FailureReason.UNREACHABLE)
          : new SendOutcome.Unclear(FailureReason.UNREACHABLE);
    }
  }

  private String body(SmsMessage message, String number) {
    ObjectNode body = JSON.createObjectNode();
    body.put("hash", account.hash().orElseThrow());
    body.put("token", account.token().orElseThrow());
    body.put("toNumber", number);
    body.put("fromNumber", account.sender());
    body.put("text", message.text());
    message.reportUrl().ifPresent(url -> body.put("report", url.toString()));
    return body.toString();
  }

  /**
   * OkHttp posts again by itself after {@code 503} with {@code Retry-After: 0} and after {@code
   * 408}, even when it is told not to retry: unless the body says that it can be sent once only.
   */
  private static final class SentOnce extends RequestBody {

    private final byte[] content;

    SentOnce(String content) {
      this.content = content.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public MediaType contentType() {
      return JSON_TYPE;
    }

    @Override
    public long contentLength() {
      return content.length;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(content);
    }
  }

  /** How far a call came: whether a message can have been sent depends on it. */
  private static final class Progress {
    private volatile boolean connected;
    private volatile boolean requestStarted;
  }

  /** Notes the progress of each call in its tag. */
  static final class ProgressListener extends EventListener {

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      Progress progress = call.request().tag(Progress.class);
      if (progress != null) {
        progress.connected = true;
      }
    }

    @Override
    public void requestHeadersStart(Call call) {
      Progress progress = call.request().tag(Progress.class);
      if (progress != null) {
        progress.requestStarted = true;
      }
    }
  }
}
