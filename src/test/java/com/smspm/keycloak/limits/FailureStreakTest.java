package com.smspm.keycloak.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.code.Purpose;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FailureStreakTest {

  private static final String USER = "somebody";
  private static final int BEFORE_THE_FIRST_PAUSE = 9;

  private final Stores stores = new Stores();
  private final FailureStreak streak = new FailureStreak(stores.slots(), Purpose.LOGIN, USER);

  @Example
  void theTenthGuessInARowTakesThePauseWithIt() {
    IntStream.rangeClosed(1, BEFORE_THE_FIRST_PAUSE)
        .forEach(guess -> assertThat(streak.claim()).hasValue(guess));
    assertThat(streak.claim()).hasValue(10);

    assertThat(streak.claim()).isEmpty();
  }

  /** Requests at the same moment claim guesses, and those without an attempt take theirs back. */
  @Property
  void aRightCodeForgetsAllFailuresWhicheverRequestsTookTheirsBack(
      @ForAll @Size(BEFORE_THE_FIRST_PAUSE) List<Boolean> takenBack) {
    Stores own = new Stores();
    FailureStreak one = new FailureStreak(own.slots(), Purpose.LOGIN, USER);
    takenBack.forEach(it -> one.claim());
    IntStream.rangeClosed(1, BEFORE_THE_FIRST_PAUSE)
        .filter(guess -> takenBack.get(guess - 1))
        .forEach(one::withdraw);

    one.forget();

    assertThat(own.entries()).isZero();
  }

  @Example
  void doorsAreCountedApart() {
    IntStream.rangeClosed(1, 10).forEach(guess -> streak.claim());

    assertThat(new FailureStreak(stores.slots(), Purpose.RESET, USER).claim()).hasValue(1);
    assertThat(new FailureStreak(stores.slots(), Purpose.ENROLMENT, USER).claim()).hasValue(1);
  }
}
