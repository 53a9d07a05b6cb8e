package com.smspm.keycloak.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberPolicyTest {

  private static final String MOBILE = "+37256789045";

  @ParameterizedTest
  @CsvSource({
    "PREMIUM_RATE, EE",
    "PREMIUM_RATE, DE",
    "PREMIUM_RATE, GB",
    "PREMIUM_RATE, US",
    "SHARED_COST, DE",
    "SHARED_COST, FR",
    "SHARED_COST, AT",
    "TOLL_FREE, EE",
    "TOLL_FREE, US",
    "TOLL_FREE, JP",
    "PAGER, DE",
    "PAGER, GB",
    "PAGER, JP",
    "VOICEMAIL, IT",
    "VOICEMAIL, DE",
    "UAN, DE",
    "UAN, GB",
    "UAN, SE",
    "PERSONAL_NUMBER, EE",
    "PERSONAL_NUMBER, GB",
    "PERSONAL_NUMBER, US"
  })
  void dearAndSharedKindsNeverReceiveACode(PhoneNumberType kind, String country) {
    PhoneNumber example = example(kind, country).orElseThrow();
    assertThat(Policies.allowing(true, true).check(example))
        .isEqualTo(refused(NumberRefusal.KIND_REFUSED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EE", "DE", "GB", "IT", "FR"})
  void aLandlineIsRefusedUnlessAllowed(String country) {
    PhoneNumber landline = example(PhoneNumberType.FIXED_LINE, country).orElseThrow();
    assertThat(NumberPolicy.DEFAULT.check(landline)).isEqualTo(refused(NumberRefusal.LANDLINE));
    assertThat(Policies.allowing(false, true).check(landline)).isEqualTo(accepted(landline));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GB", "FR", "JP"})
  void voipIsRefusedUnlessAllowed(String country) {
    PhoneNumber voip = example(PhoneNumberType.VOIP, country).orElseThrow();
    assertThat(NumberPolicy.DEFAULT.check(voip)).isEqualTo(refused(NumberRefusal.KIND_REFUSED));
    assertThat(Policies.allowing(true, false).check(voip)).isEqualTo(accepted(voip));
  }

  @ParameterizedTest
  @ValueSource(strings = {"US", "CA"})
  void aCountryThatCannotTellMobileFromFixedIsAccepted(String country) {
    PhoneNumber number = example(PhoneNumberType.FIXED_LINE_OR_MOBILE, country).orElseThrow();
    assertThat(NumberPolicy.DEFAULT.check(number)).isEqualTo(accepted(number));
  }

  @Test
  void everyCountrysMobileNumbersAreAcceptedByDefault() {
    PhoneNumberUtil.getInstance().getSupportedRegions().stream()
        .flatMap(country -> example(PhoneNumberType.MOBILE, country).stream())
        .forEach(
            number ->
                assertThat(NumberPolicy.DEFAULT.check(number))
                    .as(number.e164())
                    .isEqualTo(accepted(number)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+8821612345678", "+883510000000091", "+881612345678", "+80012345678"})
  void aNumberOfNoCountryIsRefused(String number) {
    assertThat(Policies.allowing(true, true).check(number, null))
        .isEqualTo(refused(NumberRefusal.COUNTRY_REFUSED));
  }

  @Test
  void onlyAllowedCountriesAreAccepted() {
    NumberPolicy baltic = Policies.countries(Set.of("EE", "lv", "LT"), Set.of());
    assertThat(baltic.check(MOBILE, null)).isEqualTo(accepted(new PhoneNumber(MOBILE)));
    assertThat(baltic.check("+49 151 23456789", "EE"))
        .isEqualTo(refused(NumberRefusal.COUNTRY_REFUSED));
  }

  @Test
  void deniedWinsOverAllowed() {
    NumberPolicy policy = Policies.countries(Set.of("EE", "LV"), Set.of("EE"));
    assertThat(policy.check(MOBILE, null)).isEqualTo(refused(NumberRefusal.COUNTRY_REFUSED));
  }

  @Test
  void aSharedCallingCodeIsNotASharedCountry() {
    NumberPolicy canada = Policies.countries(Set.of("CA"), Set.of());
    assertThat(canada.check("+1 506-234-5678", null))
        .isEqualTo(accepted(new PhoneNumber("+15062345678")));
    assertThat(canada.check("+1 (234) 567-8901", null))
        .isEqualTo(refused(NumberRefusal.COUNTRY_REFUSED));
  }

  @Test
  void aSharedNumberIsAllowedWithAnyOfItsCountriesAndDeniedWithTheMainOne() {
    String guadeloupeOrSaintMartin = "+590690001234";
    assertThat(Policies.countries(Set.of("MF"), Set.of()).check(guadeloupeOrSaintMartin, null))
        .isEqualTo(accepted(new PhoneNumber(guadeloupeOrSaintMartin)));
    assertThat(Policies.countries(Set.of("MF"), Set.of("GP")).check(guadeloupeOrSaintMartin, null))
        .isEqualTo(refused(NumberRefusal.COUNTRY_REFUSED));
    assertThat(Policies.countries(Set.of(), Set.of("MF")).check(guadeloupeOrSaintMartin, null))
        .isEqualTo(accepted(new PhoneNumber(guadeloupeOrSaintMartin)));
  }

  @Test
  void aRefusedCountryIsSaidBeforeTheKind() {
    assertThat(Policies.countries(Set.of(), Set.of("IT")).check("+39 06 1234 5678", null))
        .isEqualTo(refused(NumberRefusal.COUNTRY_REFUSED));
  }

  @Test
  void aDeniedPrefixIsRefused() {
    NumberPolicy policy = Policies.withoutPrefixes("+37256", "+49");
    assertThat(policy.check(MOBILE, null)).isEqualTo(refused(NumberRefusal.PREFIX_REFUSED));
    assertThat(policy.check("+372 5555 5555", null))
        .isEqualTo(accepted(new PhoneNumber("+37255555555")));
  }

  @Test
  void aStoredNumberThatDoesNotExistIsRefused() {
    assertThat(NumberPolicy.DEFAULT.check(new PhoneNumber("+12341234567")))
        .isEqualTo(refused(NumberRefusal.NOT_IN_USE));
    assertThat(NumberPolicy.DEFAULT.check(new PhoneNumber("+9991234567")))
        .isEqualTo(refused(NumberRefusal.NOT_IN_USE));
  }

  @Test
  void aStoredNumberThatNobodyCouldEnterLikeThisIsRefused() {
    // With the trunk zero that is not dialled from abroad, so that reading it gives another number
    assertThat(NumberPolicy.DEFAULT.check(new PhoneNumber("+4407911123456")))
        .isEqualTo(refused(NumberRefusal.NOT_IN_USE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UK", "XX", "001", "", "Estonia", "+372"})
  void anUnknownCountryIsRefusedWithItsName(String country) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policies.countries(Set.of(country), Set.of()))
        .withMessageContaining('"' + country + '"')
        .withMessageContaining("ISO 3166");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policies.countries(Set.of(), Set.of(country)));
    assertThatIllegalArgumentException().isThrownBy(() -> Policies.at(country));
  }

  @ParameterizedTest
  @ValueSource(strings = {"372", "+", "+0", "+3725x", "+1234567890123456", " +372", ""})
  void anImpossiblePrefixIsRefusedWithItsName(String prefix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policies.withoutPrefixes(prefix))
        .withMessageContaining('"' + prefix.substring(0, Math.min(20, prefix.length())) + '"')
        .withMessageContaining("+3725");
  }

  @Test
  void aRefusedValueCannotForgeALineOfTheLog() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policies.at("E\nWARN " + "x".repeat(1000)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(100));
  }

  @Test
  void aPolicyThatLeavesNoCountryIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Policies.countries(Set.of("EE"), Set.of("EE", "LV")))
        .withMessageContaining("at least one");
  }

  @Test
  void theCheckIsClosed() {
    assertThat(NumberPolicy.DEFAULT.check(MOBILE, null).<String>fold(PhoneNumber::e164, Enum::name))
        .isEqualTo(MOBILE);
    assertThat(NumberPolicy.DEFAULT.check("", null).<String>fold(PhoneNumber::e164, Enum::name))
        .isEqualTo("EMPTY");
  }

  private static Optional<PhoneNumber> example(PhoneNumberType kind, String country) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    return Optional.ofNullable(numbers.getExampleNumberForType(country, kind))
        .map(example -> numbers.format(example, PhoneNumberFormat.E164))
        .map(PhoneNumber::new);
  }

  private static NumberCheck accepted(PhoneNumber number) {
    return NumberCheck.accepted(number);
  }

  private static NumberCheck refused(NumberRefusal reason) {
    return NumberCheck.refused(reason);
  }
}
