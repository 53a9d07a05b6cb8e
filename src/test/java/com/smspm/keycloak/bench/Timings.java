package com.smspm.keycloak.bench;

import java.util.Arrays;
import java.util.List;
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

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /**
   * Of the mean: two thirds of all runs lie within one of it, and nineteen of twenty within two.
   */
  static double standardError(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(it -> (it - mean) * (it - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1) / values.size());
  }

  @Override
  public String toString() {
    return Arrays.toString(millis.toArray());
  }
}
