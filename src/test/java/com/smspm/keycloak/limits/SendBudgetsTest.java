package com.smspm.keycloak.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendBudgetsTest {

  /** Every operation is a way to another node in a cluster. */
  @Test
  void aMessageTakesAHandfulOfOperationsOfTheCacheForEachBudget() {
    assertThat(SendBudgetsBenchmark.operationsOfEachMessage())
        .hasSize(5)
        .isSorted()
        .first()
        .satisfies(first -> assertThat(first).isLessThanOrEqualTo(14));
    assertThat(SendBudgetsBenchmark.operationsOfEachMessage())
        .allSatisfy(each -> assertThat(each).isLessThanOrEqualTo(40));
  }
}
