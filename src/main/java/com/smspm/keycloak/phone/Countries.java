package com.smspm.keycloak.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.text.Collator;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The countries that numbers belong to: names, calling codes and examples. */
public final class Countries {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  /** Keycloak's login theme speaks 41 languages; more locales than this are made up by somebody. */
  private static final int CACHED_LOCALES = 64;

  private static final Map<Locale, List<Country>> BY_LOCALE =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Locale, List<Country>> eldest) {
              return size() > CACHED_LOCALES;
            }
          });

  private Countries() {}

  /**
   * The countries whose numbers a policy allows, named in a language and sorted by its rules. Cheap
   * enough for every page: the names are sorted once for each language.
   */
  public static List<Country> list(NumberPolicy policy, Locale locale) {
    return inLanguage(locale).stream()
        .filter(country -> policy.allowsCountry(country.iso()))
        .toList();
  }

  /**
   * The country to select in the list: the one chosen, else the realm's, else that of the user's
   * language, else the only one that there is.
   *
   * @param chosen by the user; null at first
   */
  public static Optional<String> preselected(NumberPolicy policy, String chosen, Locale locale) {
    return known(chosen)
        .or(policy::defaultCountry)
        .or(() -> known(locale.getCountry()))
        .filter(policy::allowsCountry)
        .or(() -> only(policy));
  }

  private static Optional<String> only(NumberPolicy policy) {
    List<String> allowed =
        NUMBERS.getSupportedRegions().stream().filter(policy::allowsCountry).limit(2).toList();
    return allowed.size() == 1 ? Optional.of(allowed.get(0)) : Optional.empty();
  }

  /** The code as libphonenumber writes it, when it is one of a country that has numbers. */
  public static Optional<String> known(String iso) {
    if (iso == null || iso.length() != 2) {
      return Optional.empty();
    }
    return Optional.of(iso.toUpperCase(Locale.ROOT))
        .filter(NUMBERS.getSupportedRegions()::contains);
  }

  /**
   * The country of a number, ISO 3166 alpha-2: the main one where several share their numbers, none
   * for numbers that are not in use or of no country.
   */
  public static Optional<String> countryOf(PhoneNumber number) {
    try {
      Phonenumber.PhoneNumber parsed = NUMBERS.parse(number.e164(), null);
      return known(NUMBERS.getRegionCodeForNumber(parsed));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** A mobile number as people of that country write it, when it has any. */
  public static Optional<String> exampleMobile(String iso) {
    return known(iso)
        .map(known -> NUMBERS.getExampleNumberForType(known, PhoneNumberType.MOBILE))
        .map(example -> NUMBERS.format(example, PhoneNumberFormat.NATIONAL));
  }

  private static List<Country> inLanguage(Locale locale) {
    Locale language = locale.stripExtensions();
    List<Country> cached = BY_LOCALE.get(language);
    if (cached == null) {
      // Two threads may both do this once: cheaper than making one wait for another's language
      cached = named(language);
      BY_LOCALE.put(language, cached);
    }
    return cached;
  }

  static int cachedLanguages() {
    return BY_LOCALE.size();
  }

  private static List<Country> named(Locale language) {
    Collator collator = Collator.getInstance(language);
    return NUMBERS.getSupportedRegions().stream()
        .map(iso -> new Country(iso, name(iso, language), NUMBERS.getCountryCodeForRegion(iso)))
        .sorted(Comparator.comparing(Country::name, collator::compare).thenComparing(Country::iso))
        .toList();
  }

  /** In English where the JDK has no name in that language. */
  private static String name(String iso, Locale language) {
    Locale country = new Locale.Builder().setRegion(iso).build();
    String name = country.getDisplayCountry(language);
    return name.isEmpty() || name.equals(iso) ? country.getDisplayCountry(Locale.ENGLISH) : name;
  }
}
