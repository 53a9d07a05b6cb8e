package com.smspm.keycloak.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.code.Challenge.SentCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class ChallengePropertyTest {

  private static final CodeKey KEY =
      CodeKey.derivedFrom(
          new SecretKeySpec("a realm's key".getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
  private static final Challenge OPENED =
      Challenge.open(
          new Seeded(1),
          Purpose.LOGIN,
          "user",
          "+37256789045",
          "kid",
          CodePolicy.DEFAULT,
          Instant.ofEpochSecond(1_800_000_000L));

  @Property
  void aChallengeSurvivesItsNote(@ForAll("challenges") Challenge challenge) {
    assertThat(Challenge.decode(challenge.encode())).contains(challenge);
  }

  /** Whatever was sent and whatever was not: a phone shows the newest of those that were. */
  @Property
  void howeverManyResendsFailTheNewestCodeThatWasSentIsGood(
      @ForAll @Size(min = 1, max = 12) List<Boolean> sends) {
    Challenge challenge = OPENED;
    Set<String> unsent = new HashSet<>();
    Optional<OneTimeCode> onThePhone = Optional.empty();
    for (int i = 0; i < sends.size(); i++) {
      String message = "m" + i;
      OneTimeCode code = OneTimeCode.of(String.format(Locale.ROOT, "%06d", i));
      challenge = challenge.with(KEY, code, message, 30, unsent::contains);
      if (sends.get(i)) {
        onThePhone = Optional.of(code);
      } else {
        unsent.add(message);
      }
      Challenge now = challenge;
      assertThat(now.isAnsweredBy(KEY, code)).isTrue();
      assertThat(onThePhone.stream()).allMatch(it -> now.isAnsweredBy(KEY, it));
    }
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
