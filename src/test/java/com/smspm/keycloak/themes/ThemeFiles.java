package com.smspm.keycloak.themes;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** What lies in {@code themes/}, and what Keycloak itself brings beside it. */
final class ThemeFiles {

  private static final Path MESSAGES = Path.of("themes", "messages");

  private ThemeFiles() {}

  static List<Path> templates() {
    return list(Path.of("themes", "templates"));
  }

  static List<Path> scripts() {
    return list(Path.of("themes", "resources", "js"));
  }

  static List<Path> styles() {
    return list(Path.of("themes", "resources", "css"));
  }

  static List<Path> messageFiles() {
    return list(MESSAGES);
  }

  /** In the spelling of the file name, as in {@code pt_BR}. */
  static Locale localeOf(Path messageFile) {
    String name = messageFile.getFileName().toString();
    String tag = name.substring("messages_".length(), name.length() - ".properties".length());
    return Locale.forLanguageTag(tag.replace('_', '-'));
  }

  static Properties english() {
    return messages(MESSAGES.resolve("messages_en.properties"));
  }

  static Properties messages(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      return load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of Keycloak's own property files, from its themes jar. */
  static Properties keycloak(String path) {
    var stream =
        Objects.requireNonNull(
            ThemeFiles.class.getClassLoader().getResourceAsStream("theme/" + path), path);
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Properties load(Reader reader) throws IOException {
    Properties properties = new Properties();
    properties.load(reader);
    return properties;
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
