package com.smspm.keycloak.bench;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Times in milliseconds, gathered from many threads. */
final class Timings {

  private final Queue<Double> millis = new ConcurrentLinkedQueue<>();

  void add(double time) {
    millis.add(time);
  }

  int count() {
    return millis.size();
  }

  double median() {
    return quantile(0.5);
  }

  /** The smallest time that so many of all are not above: no interpolation. */
  double quantile(double share) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(sorted.length - 1, index))];
  }

  @Override
  public String toString() {
    return Arrays.toString(millis.toArray());
  }
}
