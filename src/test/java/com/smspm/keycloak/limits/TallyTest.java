package com.smspm.keycloak.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TallyTest {

  private static final String RANGE = "+3725678";
  private static final long NOON = 29_500_000 / 60 * 60;

  private final Stores stores = new Stores();
  private final Slots slots = stores.slots();
  private final Tally tally = new Tally(slots, "things");

  @Property(tries = 300)
  void aCountIsThatOfTheMinutesAskedFor(
      @ForAll @Size(max = 60) List<@IntRange(max = 80) Integer> minutes,
      @ForAll @IntRange(max = 80) int from,
      @ForAll @IntRange(max = 80) int until) {
    Tally one = new Tally(new Stores().slots(), "things");
    minutes.forEach(minute -> one.add(RANGE, NOON + minute, new Claims("realm")));

    assertThat(one.count(RANGE, NOON + from, NOON + until))
        .isEqualTo((int) minutes.stream().filter(it -> it >= from && it < until).count());
  }

  @Property(tries = 300)
  void whatIsGivenBackIsNotCountedAndHidesNothing(
      @ForAll @Size(max = 40) List<@IntRange(max = 25) Integer> minutes,
      @ForAll @Size(max = 40) List<Boolean> givenBack) {
    Stores own = new Stores();
    Tally one = new Tally(own.slots(), "things");
    List<Claims> claims = new ArrayList<>();
    for (int minute : minutes) {
      Claims claim = new Claims("realm");
      one.add(RANGE, NOON + minute, claim);
      claims.add(claim);
    }
    int back = 0;
    for (int i = 0; i < Math.min(minutes.size(), givenBack.size()); i++) {
      if (givenBack.get(i)) {
        claims.get(i).release(own.slots());
        back++;
      }
    }

    assertThat(one.count(RANGE, NOON, NOON + 30)).isEqualTo(minutes.size() - back);
    assertThat(own.entries()).isEqualTo(2 * (minutes.size() - back));
  }

  @Example
  void aThingIsTwoEntriesHoweverManyThereAre() {
    IntStream.range(0, 1000).forEach(i -> tally.add(RANGE, NOON, new Claims("realm")));

    assertThat(stores.entries()).isEqualTo(2000);
  }

  @Example
  void theFirstThingOfAMinuteCostsFourOperationsAndTheThousandthAFewDozens() {
    tally.add(RANGE, NOON, new Claims("realm"));
    assertThat(stores.operations()).isEqualTo(4);

    IntStream.range(1, 999).forEach(i -> tally.add(RANGE, NOON, new Claims("realm")));
    stores.operations();
    tally.add(RANGE, NOON, new Claims("realm"));
    assertThat(stores.operations()).isLessThanOrEqualTo(44);
  }

  @Example
  void anEmptyHourIsCountedWithFewLookUps() {
    assertThat(tally.count(RANGE, NOON - 57, NOON + 1)).isZero();

    assertThat(stores.operations()).isLessThanOrEqualTo(25);
  }

  @Example
  void rangesAndTalliesAreCountedApart() {
    tally.add(RANGE, NOON, new Claims("realm"));

    assertThat(tally.count("+3725679", NOON, NOON + 1)).isZero();
    assertThat(new Tally(slots, "others").count(RANGE, NOON, NOON + 1)).isZero();
  }

  @Example
  void thingsThatHappenAtTheSameMomentAreAllCounted() {
    IntStream.range(0, 200).parallel().forEach(i -> tally.add(RANGE, NOON, new Claims("realm")));

    assertThat(tally.count(RANGE, NOON, NOON + 1)).isEqualTo(200);
  }
}
