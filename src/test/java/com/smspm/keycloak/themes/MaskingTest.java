package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import com.smspm.keycloak.phone.PhoneNumber;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of a stored number no more than calling code and last three digits, anywhere in what a browser
 * gets: titles, attributes, scripts' data. Asked for a number of every country, and of the calling
 * codes that belong to none.
 */
class MaskingTest {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final PhoneNumber REFERENCE = new PhoneNumber("+37256789045");
  private static final String MASKED = "(number)";

  private static List<Phonenumber.PhoneNumber> numbersOfTheWorld() {
    return Stream.concat(
            NUMBERS.getSupportedRegions().stream().map(NUMBERS::getExampleNumber),
            NUMBERS.getSupportedGlobalNetworkCallingCodes().stream()
                .map(NUMBERS::getExampleNumberForNonGeoEntity))
        .filter(Objects::nonNull)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void nothingButTheMaskDependsOnTheNumber(String theme) {
    String codePage = codePage(theme, REFERENCE);
    String numberPage = numberPage(theme, REFERENCE);
    assertThat(codePage).contains(MASKED);
    assertThat(numberPage).contains(MASKED);

    assertThat(numbersOfTheWorld())
        .hasSizeGreaterThan(240)
        .allSatisfy(
            it -> {
              PhoneNumber number = new PhoneNumber(NUMBERS.format(it, PhoneNumberFormat.E164));
              assertThat(codePage(theme, number)).isEqualTo(codePage);
              assertThat(numberPage(theme, number)).isEqualTo(numberPage);
            });
  }

  @Test
  void theMaskShowsCallingCodeAndAtMostThreeDigits() {
    String hidden = " •••• ";
    assertThat(numbersOfTheWorld())
        .allSatisfy(
            it -> {
              String e164 = NUMBERS.format(it, PhoneNumberFormat.E164);
              String callingCode = "+" + it.getCountryCode();
              String end =
                  new PhoneNumber(e164).masked().substring((callingCode + hidden).length());

              assertThat(new PhoneNumber(e164).masked()).isEqualTo(callingCode + hidden + end);
              assertThat(e164).endsWith(end);
              assertThat(end.length()).isBetween(1, 3);
              assertThat(end.length() * 2)
                  .as("at least half stays hidden")
                  .isLessThanOrEqualTo(e164.length() - callingCode.length());
            });
  }

  private static String codePage(String theme, PhoneNumber number) {
    return masked(Pages.code(theme, number).renderAll("smspm-code.ftl"), number);
  }

  private static String numberPage(String theme, PhoneNumber number) {
    return masked(Pages.change(theme, number).renderAll("smspm-phone-number.ftl"), number);
  }

  private static String masked(String html, PhoneNumber number) {
    return html.replace(number.masked().replace(' ', '\u00a0'), MASKED);
  }
}
