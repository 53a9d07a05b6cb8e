package com.smspm.keycloak.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the text that the admin console saved, and says what is wrong with it. */
final class SettingsReader {

  private static final int QUOTED_AT_MOST = 20;

  private final Map<String, String> config;

  SettingsReader(Map<String, String> config) {
    this.config = config == null ? Map.of() : config;
  }

  Optional<String> text(String setting) {
    return Optional.ofNullable(config.get(setting)).map(String::strip).filter(s -> !s.isEmpty());
  }

  int number(String setting, int least, int most, int otherwise) {
    Optional<String> text = text(setting);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // falls through to the same complaint
    }
    throw new InvalidSettings(
        setting,
        quoted(text.get()) + " is not possible: a whole number from " + least + " to " + most);
  }

  /** Nothing where the setting is missing or 0, which both stand for "no limit". */
  OptionalInt limit(String setting, int least, int most) {
    Optional<String> text = text(setting).filter(value -> !value.equals("0"));
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(setting, least, most, 0));
  }

  Duration seconds(String setting, Duration least, Duration most, Duration otherwise) {
    return Duration.ofSeconds(
        number(
            setting, (int) least.toSeconds(), (int) most.toSeconds(), (int) otherwise.toSeconds()));
  }

  boolean flag(String setting, boolean otherwise) {
    Optional<String> text = text(setting);
    if (text.isEmpty()) {
      return otherwise;
    }
    return switch (text.get()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new InvalidSettings(
              setting, quoted(text.get()) + " is not possible: true or false");
    };
  }

  /** One of the names of an enum, in small letters. */
  <E extends Enum<E>> E choice(String setting, Class<E> kind, E otherwise) {
    Optional<String> text = text(setting);
    if (text.isEmpty()) {
      return otherwise;
    }
    return Stream.of(kind.getEnumConstants())
        .filter(choice -> nameOf(choice).equals(text.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSettings(
                    setting,
                    quoted(text.get()) + " is not possible: " + String.join(", ", names(kind))));
  }

  static List<String> names(Class<? extends Enum<?>> kind) {
    return Stream.of(kind.getEnumConstants()).map(SettingsReader::nameOf).toList();
  }

  private static String nameOf(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** Values separated by commas, white space, or Keycloak's own separator of many values. */
  Set<String> list(String setting) {
    return Stream.of(text(setting).orElse("").split("##|[,;\\s]+"))
        .filter(item -> !item.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  static String quoted(String value) {
    String cut = value.length() > QUOTED_AT_MOST ? value.substring(0, QUOTED_AT_MOST) : value;
    return '"' + cut.replaceAll("\\p{Cntrl}", "?") + '"';
  }
}
