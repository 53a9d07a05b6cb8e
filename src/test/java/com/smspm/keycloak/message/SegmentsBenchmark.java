package com.smspm.keycloak.message;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counting segments, and putting a whole message together. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SegmentsBenchmark {

  private final String latin =
      "Your code for Example is 123456. It is valid for 5 minutes. Never tell it to anybody.\n\n"
          + "@login.example.com #123456";
  private final String cyrillic =
      "Ваш код для Example: 123456. Никому его не сообщайте.\n\n@login.example.com #123456";
  private final List<SmsText.Candidate> candidates =
      List.of(
          SmsText.Candidate.standard(
              "Your code for {1} is {0}. It is valid for {2} minutes. Never tell it to anybody."),
          SmsText.Candidate.standard("{0} is your code for {1}."));

  @Benchmark
  public Segments gsm7() {
    return Segments.of(latin);
  }

  @Benchmark
  public Segments ucs2() {
    return Segments.of(cyrillic);
  }

  @Benchmark
  public SmsText wholeText() {
    return SmsText.compose(
        candidates, Locale.ENGLISH, "123456", "Example", 5, Optional.of("login.example.com"));
  }
}
