package com.smspm.keycloak.code;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Making, keeping and checking a code. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodeBenchmark {

  private final SecureRandom random = new SecureRandom();
  private final SecretKey secret = new SecretKeySpec(new byte[64], "HmacSHA512");
  private final CodeKey key = CodeKey.derivedFrom(secret);
  private final Challenge empty =
      Challenge.open(
          random,
          Purpose.LOGIN,
          "8f9f3d0e-6a3c-4d0c-9a56-0f5d1e2b3c4d",
          "+37256789045",
          "6a3c8f9f-0e4d-4d0c-9a56-0f5d1e2b3c4d",
          CodePolicy.DEFAULT,
          Instant.EPOCH);
  private final OneTimeCode code = OneTimeCode.generate(random, 6);
  private final Challenge issued = empty.with(key, code, "message", 30, message -> false);
  private final String note = issued.encode();
  private final byte[] message = new byte[120];

  /** The yardstick: what no such extension can do without. */
  @Benchmark
  public byte[] oneHmac() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(secret);
    return mac.doFinal(message);
  }

  @Benchmark
  public CodeKey deriveKey() {
    return CodeKey.derivedFrom(secret);
  }

  @Benchmark
  public Challenge issue() {
    return empty.with(key, OneTimeCode.generate(random, 6), "message", 30, message -> false);
  }

  @Benchmark
  public boolean verify() {
    return issued.isAnsweredBy(key, code);
  }

  @Benchmark
  public Optional<Challenge> throughTheNote() {
    return Challenge.decode(note).filter(challenge -> !challenge.encode().isEmpty());
  }
}
