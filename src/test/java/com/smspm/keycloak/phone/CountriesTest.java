package com.smspm.keycloak.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountriesTest {

  @Test
  void countriesAreNamedInTheReadersLanguage() {
    assertThat(Countries.list(NumberPolicy.DEFAULT, Locale.GERMAN))
        .contains(new Country("EE", "Estland", 372), new Country("AT", "Österreich", 43));
    assertThat(Countries.list(NumberPolicy.DEFAULT, Locale.forLanguageTag("ar")))
        .contains(new Country("EG", "مصر", 20));
  }

  @Test
  void countriesAreSortedByTheRulesOfTheLanguage() {
    List<String> german = names(Locale.GERMAN);
    assertThat(german.indexOf("Österreich"))
        .as("beside other names with O, not after Z")
        .isBetween(german.indexOf("Norwegen"), german.indexOf("Polen"));
    List<String> swedish = names(Locale.forLanguageTag("sv"));
    assertThat(swedish.subList(swedish.size() - 3, swedish.size()))
        .containsExactly("Åland", "Österrike", "Östtimor");
  }

  @Test
  void onlyCountriesThatThePolicyAllowsAreOffered() {
    assertThat(
            Countries.list(
                Policies.countries(Set.of("EE", "LV", "LT"), Set.of("LT")), Locale.ENGLISH))
        .extracting(Country::iso)
        .containsExactly("EE", "LV");
    assertThat(Countries.list(Policies.countries(Set.of(), Set.of("EE")), Locale.ENGLISH))
        .hasSizeGreaterThan(200)
        .extracting(Country::iso)
        .doesNotContain("EE");
  }

  @Test
  void theListBeginsAtTheCountryThatIsMostLikelyMeant() {
    NumberPolicy anywhere = NumberPolicy.DEFAULT;
    NumberPolicy baltic = Policies.countries(Set.of("EE", "LV"), Set.of());
    Locale brazil = Locale.forLanguageTag("pt-BR");

    assertThat(Countries.preselected(anywhere, "de", brazil)).contains("DE");
    assertThat(Countries.preselected(anywhere, null, brazil)).contains("BR");
    assertThat(Countries.preselected(anywhere, "", Locale.GERMAN)).isEmpty();
    assertThat(Countries.preselected(baltic, null, brazil)).as("not in the list").isEmpty();
    assertThat(
            Countries.preselected(Policies.countries(Set.of("EE"), Set.of()), null, Locale.ENGLISH))
        .as("the only one")
        .contains("EE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ar", "az", "ca", "el", "eu", "fa", "hy", "ka", "kk", "ky", "lv", "pt-BR", "th", "tlh",
        "zh-Hans", "zh-Hant"
      })
  void everyCountryHasANameInEveryLanguage(String language) {
    assertThat(Countries.list(NumberPolicy.DEFAULT, Locale.forLanguageTag(language)))
        .hasSizeGreaterThan(200)
        .allSatisfy(country -> assertThat(country.name()).isNotBlank().isNotEqualTo(country.iso()));
  }

  @Test
  void endlessLanguagesLeaveTheListRight() {
    for (int i = 0; i < 200; i++) {
      Countries.list(NumberPolicy.DEFAULT, Locale.forLanguageTag("de-x-a" + i));
      Countries.list(
          NumberPolicy.DEFAULT,
          new Locale.Builder().setLanguage("de").setVariant("var" + (1000 + i)).build());
    }
    assertThat(Countries.cachedLanguages()).isLessThanOrEqualTo(64);
    assertThat(names(Locale.GERMAN)).contains("Estland");
  }

  @Test
  void anExampleIsWrittenAsPeopleWriteItThere() {
    assertThat(Countries.exampleMobile("EE")).contains("5123 4567");
    assertThat(Countries.exampleMobile("us")).contains("(201) 555-0123");
    assertThat(Countries.exampleMobile("XX")).isEmpty();
    assertThat(Countries.exampleMobile(null)).isEmpty();
  }

  @Test
  void everyExampleIsAcceptedForItsCountry() {
    for (Country country : Countries.list(NumberPolicy.DEFAULT, Locale.ENGLISH)) {
      Optional<String> example = Countries.exampleMobile(country.iso());
      if (example.isPresent()) {
        assertThat(NumberPolicy.DEFAULT.check(example.get(), country.iso()))
            .as(country.iso())
            .isInstanceOf(NumberCheck.Accepted.class);
      }
    }
  }

  @Test
  void aNumberKnowsItsCountry() {
    assertThat(Countries.countryOf(new PhoneNumber("+37256789045"))).contains("EE");
    assertThat(Countries.countryOf(new PhoneNumber("+15062345678"))).contains("CA");
    assertThat(Countries.countryOf(new PhoneNumber("+8821612345678"))).isEmpty();
    assertThat(Countries.countryOf(new PhoneNumber("+9991234567"))).isEmpty();
  }

  private static List<String> names(Locale locale) {
    return Countries.list(NumberPolicy.DEFAULT, locale).stream().map(Country::name).toList();
  }
}
