package com.smspm.keycloak.gateway.smspm;

import com.smspm.keycloak.gateway.SendOutcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading what SMSPM answers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SmspmAnswerBenchmark {

  private final String documentsForm =
      "{\"messages\":[{\"id\":\"8f9f3d0e-6a3c-4d0c-9a56-0f5d1e2b3c4d\",\"toNumber\":\"37256789045\","
          + "\"status\":\"Added to queue\"}]}";
  private final String marketingForm =
      "{\"status\":\"success\",\"messageId\":\"msg_8f9f3d0e\",\"parts\":1,\"cost\":0.042,"
          + "\"currency\":\"EUR\"}";
  private final String errorForm = "{\"error\":\"Insufficient balance\"}";
  private final String html = "<!DOCTYPE html><title>Welcome</title>".repeat(100);

  @Benchmark
  public SendOutcome documents() {
    return SmspmAnswer.read(200, documentsForm, "37256789045");
  }

  @Benchmark
  public SendOutcome marketing() {
    return SmspmAnswer.read(200, marketingForm, "37256789045");
  }

  @Benchmark
  public SendOutcome error() {
    return SmspmAnswer.read(402, errorForm, "37256789045");
  }

  @Benchmark
  public SendOutcome nonsense() {
    return SmspmAnswer.read(200, html, "37256789045");
  }
}
