package com.smspm.keycloak.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberSpellingTest {

  private static final NumberPolicy EVERYWHERE = NumberPolicy.DEFAULT;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+37256789045",
        "+372 5678 9045",
        "00372 5678 9045",
        "(+372) 5678-9045",
        "+372.5678.9045",
        "+372 5678/9045",
        "+372\u00a05678\u202f9045",
        "+372\u20135678\u22129045",
        "＋３７２ ５６７８ ９０４５",
        "+٣٧٢ ٥٦٧٨ ٩٠٤٥",
        "+३७२ ५६७८ ९०४५",
        "\u202a+37256789045\u202c",
        "\u200e+372 5678 9045\u200f",
        "\ufeff+37256789045",
        "tel:+372-5678-9045",
        "TEL:+37256789045",
        "  \t+37256789045\r\n",
        "\"+372 5678 9045\",",
        "<tel:+37256789045>",
        "+37256789045;",
        "+372 (0) 5678 9045"
      })
  void anInternationalSpellingNeedsNoCountry(String spelling) {
    assertThat(EVERYWHERE.check(spelling, null)).isEqualTo(accepted("+37256789045"));
  }

  @ParameterizedTest
  @CsvSource({
    "+1 (234) 567-8901, , +12345678901",
    "1 (234) 567-8901, US, +12345678901",
    "(234) 567-8901, us, +12345678901",
    "+44 (0)7911 123456, , +447911123456",
    "07911 123456, GB, +447911123456",
    "(0)7911 123456, GB, +447911123456",
    "0151/23456789, DE, +4915123456789",
    "+49 (0) 151-2345 6789, EE, +4915123456789",
    "+39 347 1234567, , +393471234567",
    "5678 9045, EE, +37256789045",
    "56.78.90.45, EE, +37256789045",
    "372 56789045, EE, +37256789045",
    "011 372 5678 9045, US, +37256789045",
    "00372 5678 9045, US, +37256789045",
    "+49 151 23456789, EE, +4915123456789",
    "8 (916) 123-45-67, RU, +79161234567",
    "011 15-2345-6789, AR, +5491123456789",
    "06 12 34 56 78, FR, +33612345678"
  })
  void aNumberIsReadAsPeopleWriteItThere(String spelling, String country, String e164) {
    assertThat(EVERYWHERE.check(spelling, country)).isEqualTo(accepted(e164));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+39 06 1234 5678", "+39 (0)6 1234 5678", "0039 06 1234 5678"})
  void anItalianZeroBelongsToTheNumber(String spelling) {
    NumberPolicy landlinesToo = Policies.allowing(false, true);
    assertThat(landlinesToo.check(spelling, null)).isEqualTo(accepted("+390612345678"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\t\r\n", "\u00a0\u2003", "\u200e\u202c"})
  void nothingIsSaidToBeNothing(String input) {
    assertThat(EVERYWHERE.check(input, "EE")).isEqualTo(refused(NumberRefusal.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+37256789045;ext=12",
        "+37256789045 x12",
        "+37256789045 ext. 12",
        "+37256789045,,12",
        "+37256789045#12",
        "*31#56789045",
        "#31#56789045",
        "1-800-FLOWERS",
        "+1 800 FLOWERS",
        "my number is 56789045",
        "+37256789045\n+37255555555",
        "56789045+",
        "+",
        "()",
        "-",
        "56789045\u0000",
        "5678\u00b29045",
        "me@example.com",
        "\ud800",
        "56789045\udc00",
        "tel:"
      })
  void whatIsNoTelephoneNumberIsNotGuessedAt(String input) {
    assertThat(EVERYWHERE.check(input, "EE")).isEqualTo(refused(NumberRefusal.NOT_A_NUMBER));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "XX", "001", "EEE", "<script>", "\ud800\udc00", "é"})
  void aNationalSpellingNeedsACountryThatExists(String country) {
    assertThat(EVERYWHERE.check("5678 9045", country))
        .isEqualTo(refused(NumberRefusal.COUNTRY_MISSING));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "XX", "<script>"})
  void theDefaultCountryTakesThePlaceOfNone(String country) {
    assertThat(Policies.at("EE").check("5678 9045", country)).isEqualTo(accepted("+37256789045"));
  }

  @Test
  void theChosenCountryWinsOverTheDefault() {
    assertThat(Policies.at("DE").check("5678 9045", "EE")).isEqualTo(accepted("+37256789045"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, EE, TOO_SHORT",
    "+372 567, , TOO_SHORT",
    "112, EE, TOO_SHORT",
    "+372 5678 9045 1234, , TOO_LONG",
    "5678 9045 / 5555 5555, EE, TOO_LONG",
    "+372 1234567890123456789, , TOO_LONG",
    "+999 123456789, , NOT_IN_USE",
    "+0 123456789, , NOT_IN_USE",
    "+1 234 123 4567, , NOT_IN_USE",
    "+49 151 2345, , NOT_IN_USE"
  })
  void aRefusalSaysWhatIsWrong(String input, String country, NumberRefusal reason) {
    assertThat(EVERYWHERE.check(input, country)).isEqualTo(refused(reason));
  }

  @Test
  void sixtyFourCharactersAreReadAndNotOneMore() {
    String number = "+37256789045";
    String padded = " ".repeat(NumberReader.MAX_INPUT - number.length()) + number;
    assertThat(EVERYWHERE.check(padded, null)).isEqualTo(accepted(number));
    assertThat(EVERYWHERE.check(" " + padded, null)).isEqualTo(refused(NumberRefusal.NOT_A_NUMBER));
  }

  private static NumberCheck accepted(String e164) {
    return NumberCheck.accepted(new PhoneNumber(e164));
  }

  private static NumberCheck refused(NumberRefusal reason) {
    return NumberCheck.refused(reason);
  }
}
