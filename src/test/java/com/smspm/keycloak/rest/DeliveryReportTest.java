package com.smspm.keycloak.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.delivery.ReportedState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryReportTest {

  @ParameterizedTest
  @CsvSource({
    "queued,PENDING",
    "pending,PENDING",
    "submitted,SENT",
    "sent,SENT",
    "delivered,DELIVERED",
    "failed,UNDELIVERED",
    "undelivered,UNDELIVERED",
    "rejected,REJECTED",
    "expired,EXPIRED"
  })
  void everyWordOfBothDocumentsIsUnderstood(String word, ReportedState state) throws IOException {
    assertThat(DeliveryReport.stateOf(word)).contains(state);
    assertThat(DeliveryReport.stateOf(" " + word.toUpperCase(Locale.ROOT))).contains(state);
    assertThat(in("{\"messageId\":\"m\",\"status\":\"" + word + "\",\"to\":\"1\"}"))
        .contains(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ok", "read", "delivered!", "<b>delivered</b>", "del\u0131vered"})
  void everyOtherWordIsNone(String word) {
    assertThat(DeliveryReport.stateOf(word)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "delivered",
        "\"delivered\"",
        "[{\"status\":\"delivered\"}]",
        "{\"status\":null}",
        "{\"status\":{\"status\":\"delivered\"}}",
        "{\"status\":[\"delivered\"]}",
        "{\"status\":\"delivered\"",
        "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}},\"status\":\"delivered\"}",
        "status=delivered"
      })
  void aBodyThatIsNoReportIsNone(String body) throws IOException {
    assertThat(in(body)).isEmpty();
    assertThat(DeliveryReport.stateIn(null)).isEmpty();
    assertThat(DeliveryReport.stateOf(null)).isEmpty();
  }

  @Test
  void noMoreThanItsBoundIsRead() throws IOException {
    int[] read = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            read[0]++;
            return ' ';
          }
        };
    assertThat(DeliveryReport.stateIn(endless)).isEmpty();
    assertThat(read[0]).isLessThan(10_000);
    assertThat(in("{\"status\":\"delivered\"}" + " ".repeat(5_000))).isEmpty();
  }

  private static Optional<ReportedState> in(String body) throws IOException {
    return DeliveryReport.stateIn(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
