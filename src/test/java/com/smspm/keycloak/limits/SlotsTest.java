package com.smspm.keycloak.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SlotsTest {

  private static final String KEY = "smspm:[A-Za-z0-9_-]{43}:[0-9]+(:end|:note)?";
  private static final Duration WINDOW = Duration.ofMinutes(1);

  @Property
  void keysAreHashesWhateverTheyStandFor(@ForAll String what, @ForAll String whose) {
    Stores stores = new Stores();
    write(stores.slots(), what, whose);

    assertThat(stores.keys()).hasSize(3).allMatch(key -> key.matches(KEY));
  }

  @Example
  void keysAreShortHoweverLongAFieldWas() {
    Stores stores = new Stores();
    write(stores.slots(), "number", "+372\n%n${jndi}\0".repeat(10_000));

    assertThat(stores.keys()).hasSize(3).allMatch(key -> key.matches(KEY));
  }

  @Example
  void fieldsCannotRunIntoEachOther() {
    Slots slots = new Stores().slots();
    slots.claim("ab", "c", 1, WINDOW);

    assertThat(slots.isTaken("a", "bc", 1)).isFalse();
  }

  private static void write(Slots slots, String what, String whose) {
    slots.claim(what, whose, 1, WINDOW);
    slots.noteEnd(what, whose, 1, WINDOW);
    slots.note(what, whose, 1, WINDOW, Map.of("some", "thing"));
  }
}
