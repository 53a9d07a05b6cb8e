package com.smspm.keycloak.phone;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which numbers may receive a code. Mobile numbers always may, and those of countries whose numbers
 * do not tell mobile from fixed; premium rate and the like never may.
 *
 * <p>Some countries share their numbers: those of Saint Martin cannot be told from Guadeloupe's.
 * Such a number is <em>allowed</em> when any of its countries is, and <em>denied</em> when the one
 * that libphonenumber names as the main one is. Numbers of no country at all (satellite and
 * international networks, {@code +881} to {@code +883}) are refused: they are among the dearest
 * destinations, and no list of countries could name them.
 *
 * @param defaultCountry where a national spelling is at home when the form names no country, ISO
 *     3166 alpha-2
 * @param allowedCountries empty for all
 * @param deniedCountries denied wins over allowed
 * @param allowVoip whether VoIP numbers are accepted
 * @param allowLandline whether fixed lines are accepted
 * @param deniedPrefixes beginnings of E.164 numbers, such as {@code +3725}
 */
public record NumberPolicy(
    Optional<String> defaultCountry,
    Set<String> allowedCountries,
    Set<String> deniedCountries,
    boolean allowVoip,
    boolean allowLandline,
    Set<String> deniedPrefixes) {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final Pattern PREFIX = Pattern.compile("\\+[1-9][0-9]{0,14}");
  private static final int QUOTED_AT_MOST = 20;

  /** Mobile numbers of every country, in international spelling. */
  public static final NumberPolicy DEFAULT =
      new NumberPolicy(Optional.empty(), Set.of(), Set.of(), false, false, Set.of());

  /**
   * Countries may be written in small letters.
   *
   * @throws IllegalArgumentException when a value cannot be used; the message names it and what is
   *     allowed, for the admin
   */
  public NumberPolicy {
    defaultCountry = defaultCountry.map(NumberPolicy::knownCountry);
    allowedCountries = knownCountries(allowedCountries);
    deniedCountries = knownCountries(deniedCountries);
    deniedPrefixes = Set.copyOf(deniedPrefixes);
    if (!allowedCountries.isEmpty() && deniedCountries.containsAll(allowedCountries)) {
      throw new IllegalArgumentException(
          "every allowed country is denied too: at least one must be left");
    }
    for (String prefix : deniedPrefixes) {
      if (!PREFIX.matcher(prefix).matches()) {
        throw new IllegalArgumentException(
            quoted(prefix) + " is no prefix: a plus sign and 1 to 15 digits, such as +3725");
      }
    }
  }

  /**
   * Finds the number that somebody wrote, in any common spelling, and judges it. Never throws.
   *
   * @param input what was entered; more than 64 characters are not looked at
   * @param country the country chosen in the form, ISO 3166 alpha-2; the default country takes the
   *     place of anything else. An international spelling wins over both.
   */
  public NumberCheck check(String input, String country) {
    Optional<String> home =
        Countries.known(country).or(() -> defaultCountry); // a form can be sent with any value
    return NumberReader.read(input, home).fold(this::check, NumberCheck::refused);
  }

  /**
   * As {@link #check(String, String)}, but finds only, and judges nothing: what is refused is no
   * number that is in use.
   */
  public NumberCheck read(String input, String country) {
    return NumberReader.read(input, Countries.known(country).or(() -> defaultCountry));
  }

  /** Judges a number that is already known; the policy may have changed since it was stored. */
  public NumberCheck check(PhoneNumber number) {
    // A number that is read as another one would be that one at the next login
    NumberReader.Reading reading = NumberReader.known(number);
    return reading
        .check()
        .fold(
            again ->
                again.equals(number)
                    ? judge(number, reading.known())
                    : refused(NumberRefusal.NOT_IN_USE),
            NumberCheck::refused);
  }

  /** Whether numbers of this country are neither denied nor left out. */
  boolean allowsCountry(String iso) {
    return !deniedCountries.contains(iso)
        && (allowedCountries.isEmpty() || allowedCountries.contains(iso));
  }

  private NumberCheck judge(PhoneNumber number, Phonenumber.PhoneNumber parsed) {
    // The country comes first: "use a mobile number" would be the wrong advice in a refused one
    if (!isCountryAccepted(parsed)) {
      return refused(NumberRefusal.COUNTRY_REFUSED);
    }
    if (deniedPrefixes.stream().anyMatch(number.e164()::startsWith)) {
      return refused(NumberRefusal.PREFIX_REFUSED);
    }
    return judgeKind(number, NUMBERS.getNumberType(parsed));
  }

  private boolean isCountryAccepted(Phonenumber.PhoneNumber number) {
    Optional<String> main = Countries.known(NUMBERS.getRegionCodeForNumber(number));
    if (main.isEmpty() || deniedCountries.contains(main.get())) {
      return false;
    }
    return allowsCountry(main.get())
        || allowedCountries.stream()
            .anyMatch(iso -> allowsCountry(iso) && NUMBERS.isValidNumberForRegion(number, iso));
  }

  private NumberCheck judgeKind(PhoneNumber number, PhoneNumberType kind) {
    return switch (kind) {
      case MOBILE, FIXED_LINE_OR_MOBILE -> NumberCheck.accepted(number);
      case FIXED_LINE ->
          allowLandline ? NumberCheck.accepted(number) : refused(NumberRefusal.LANDLINE);
      case VOIP -> allowVoip ? NumberCheck.accepted(number) : refused(NumberRefusal.KIND_REFUSED);
      case PREMIUM_RATE, SHARED_COST, TOLL_FREE, PAGER, VOICEMAIL, UAN, PERSONAL_NUMBER ->
          refused(NumberRefusal.KIND_REFUSED);
      // libphonenumber calls a number valid exactly when it knows its kind: nothing gets lost here
      case UNKNOWN -> refused(NumberRefusal.NOT_IN_USE);
    };
  }

  private static NumberCheck refused(NumberRefusal reason) {
    return NumberCheck.refused(reason);
  }

  private static Set<String> knownCountries(Set<String> countries) {
    return countries.stream()
        .map(NumberPolicy::knownCountry)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String knownCountry(String country) {
    return Countries.known(country)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    quoted(country)
                        + " is no known country: two letters as in ISO 3166, such as EE or GB"));
  }

  /** Fit for one line of a log. */
  private static String quoted(String value) {
    String cut = value.length() > QUOTED_AT_MOST ? value.substring(0, QUOTED_AT_MOST) : value;
    return '"' + cut.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
