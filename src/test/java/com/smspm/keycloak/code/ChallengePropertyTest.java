package com.smspm.keycloak.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.code.Challenge.SentCode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChallengePropertyTest {

  @Property
  void aChallengeSurvivesItsNote(@ForAll("challenges") Challenge challenge) {
    assertThat(Challenge.decode(challenge.encode())).contains(challenge);
  }

  @Property
  void noTextMakesDecodingThrow(@ForAll("texts") String text) {
    assertThat(Challenge.decode(text)).isNotNull();
  }

  @Property
  void aNoteThatWasTamperedWithNeverThrows(
      @ForAll("challenges") Challenge challenge, @ForAll int at, @ForAll char other) {
    StringBuilder note = new StringBuilder(challenge.encode());
    note.setCharAt(Math.floorMod(at, note.length()), other);
    assertThat(Challenge.decode(note.toString())).isNotNull();
  }

  @Property
  void noInputIsReadAsACodeOfAnotherLength(@ForAll String typed, @ForAll("lengths") int length) {
    assertThat(CodeInput.of(typed).code(length).map(OneTimeCode::digits).orElse("0".repeat(length)))
        .matches("[0-9]{" + length + "}");
  }

  @Provide
  static Arbitrary<Integer> lengths() {
    return Arbitraries.integers().between(CodePolicy.MIN_LENGTH, CodePolicy.MAX_LENGTH);
  }

  @Provide
  static Arbitrary<String> texts() {
    Arbitrary<String> fields =
        Arbitraries.of(
                "1", "2", "", "LOGIN", "RESET", "%", "%41", "+372", "6", "-1", "aa", "a|a", "=")
            .list()
            .ofMinSize(7)
            .ofMaxSize(16)
            .map(parts -> "1|" + String.join("|", parts));
    return Arbitraries.oneOf(fields, Arbitraries.strings().all().ofMaxLength(6000))
        .injectNull(0.02);
  }

  @Provide
  static Arbitrary<Challenge> challenges() {
    // User and key ids come from federations and key providers: any text
    Arbitrary<String> foreign =
        Arbitraries.strings().withChars("aZ0-_:|%+ &=\u00e4\u4e2d").ofMaxLength(40);
    Arbitrary<String> ids =
        Arbitraries.strings().withChars("abcXYZ019-_").ofMinLength(1).ofMaxLength(22);
    Arbitrary<String> numbers =
        Arbitraries.strings().numeric().ofMinLength(7).ofMaxLength(15).map("+"::concat);
    Arbitrary<List<SentCode>> codes =
        Combinators.combine(Arbitraries.strings().withChars("abcXYZ019-_").ofLength(84), ids)
            .as(SentCode::new)
            .list()
            .ofMaxSize(2);
    return Combinators.combine(
            ids,
            Arbitraries.of(Purpose.class),
            foreign,
            numbers,
            foreign,
            lengths(),
            Arbitraries.longs(),
            codes)
        .as(
            (id, purpose, user, number, keyId, length, end, live) ->
                new Challenge(id, purpose, user, number, keyId, length, end, end / 2, live));
  }
}
