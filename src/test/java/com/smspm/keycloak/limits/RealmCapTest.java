package com.smspm.keycloak.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RealmCapTest {

  private static final int CAP = 5_000;

  private final Stores stores = new Stores();
  private final RealmCap cap =
      new RealmCap(
          stores.slots(), stores.realm(), "cap " + UUID.randomUUID(), CAP, Duration.ofHours(1));

  @Test
  void oneAfterTheOtherExactlyTheCapIsGranted() {
    assertThat(granted(IntStream.range(0, CAP + 100))).isEqualTo(CAP);
  }

  @Test
  void atTheSameMomentNeverMoreThanTheCapAndHardlyLessIsGranted() {
    assertThat(granted(IntStream.range(0, 2 * CAP).parallel()))
        .isLessThanOrEqualTo(CAP)
        .isGreaterThan(CAP - CAP / 50);
  }

  private long granted(IntStream claims) {
    return claims.filter(i -> cap.claim().isPresent()).count();
  }
}
