package com.smspm.keycloak.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.message.SmsText.Candidate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every text an admin may write, and for every name and host. */
class SmsTextPropertyTest {

  @Property
  void everyMessageHoldsTheCodeAndNoForgedOrigin(
      @ForAll("candidates") List<Candidate> candidates,
      @ForAll("locales") Locale locale,
      @ForAll("codes") String code,
      @ForAll @From("names") String name,
      @ForAll @IntRange(min = 1, max = 60) int minutes,
      @ForAll("hosts") Optional<String> host) {
    SmsText text = SmsText.compose(candidates, locale, code, name, minutes, host);

    assertThat(text.text()).contains(code);
    assertThat(text.segments()).isEqualTo(Segments.of(text.text()));
    assertThat(text.segments().count()).isBetween(1, SmsText.MAX_SEGMENTS);
    assertThat(text.toString()).doesNotContain(text.text());
    List<String> lines = text.text().lines().toList();
    Optional<String> origin = OriginLine.of(host, code);
    origin.ifPresent(line -> assertThat(lines.get(lines.size() - 1)).isEqualTo(line));
    assertThat(lines.stream().filter(line -> line.stripLeading().startsWith("@")))
        .hasSize(origin.isPresent() ? 1 : 0);
  }

  @Property
  void everyOriginLineHasTheFormThatBrowsersRead(@ForAll("hosts") Optional<String> host) {
    OriginLine.of(host, "123456")
        .ifPresent(line -> assertThat(line).matches("@[a-z0-9.-]{1,253} #123456"));
  }

  @Provide
  static Arbitrary<List<Candidate>> candidates() {
    Arbitrary<String> pieces =
        Arbitraries.of(
                "{0}",
                "{0}",
                "{1}",
                "{2}",
                "{2,choice,1#a|1<b {2}}",
                "{2,number}",
                "{0,number}",
                "{2,choice,}",
                "{2,date}",
                "{",
                "}",
                "'",
                "''",
                "\n",
                "\r",
                "@",
                "@a.b #",
                " ",
                " ",
                ". ",
                "code",
                "код",
                "\u2028",
                "{3}",
                "#",
                "|",
                "{2,choice,0#",
                "\ud83d")
            .list()
            .ofMaxSize(12)
            .map(list -> String.join("", list));
    Arbitrary<String> patterns = Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(1100));
    return Combinators.combine(patterns.injectNull(0.02), patterns.optional(0.3))
        .as(Candidate::new)
        .list()
        .ofMaxSize(4);
  }

  @Provide
  static Arbitrary<Locale> locales() {
    return Arbitraries.oneOf(
        Arbitraries.of(Locale.getAvailableLocales()),
        Arbitraries.strings().alpha().ofMaxLength(12).map(Locale::forLanguageTag),
        Arbitraries.of(
            Locale.ROOT, Locale.forLanguageTag("x-private"), Locale.forLanguageTag("no-NO-ny")));
  }

  @Provide
  static Arbitrary<String> codes() {
    return Arbitraries.strings().numeric().ofMinLength(4).ofMaxLength(8);
  }

  @Provide
  static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(60),
        Arbitraries.strings().withChars("@＠# \n\r\u2028\u200d\u202e{}'0aё").ofMaxLength(30));
  }

  @Provide
  static Arbitrary<Optional<String>> hosts() {
    Arbitrary<String> nearly =
        Arbitraries.strings().withChars("aZ0.-:[]@# \n8äß。．\u200d\ud83d").ofMaxLength(30);
    Arbitrary<String> labels =
        Arbitraries.strings().withChars("ab1-ä中.").ofMinLength(1).ofMaxLength(260);
    return Arbitraries.oneOf(nearly, labels, Arbitraries.strings().all().ofMaxLength(40))
        .map(Optional::of);
  }
}
