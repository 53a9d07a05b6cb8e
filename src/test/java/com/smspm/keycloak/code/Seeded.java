package com.smspm.keycloak.code;

import java.security.SecureRandom;
import java.util.Random;

/** The same random numbers in every run. */
final class Seeded extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final transient Random source;

  Seeded(long seed) {
    source = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
  }

  @Override
  public int nextInt(int bound) {
    return source.nextInt(bound);
  }
}
