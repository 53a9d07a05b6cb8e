package com.smspm.keycloak.themes;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lies in {@code themes/}, and what Keycloak itself brings beside it. */
public final class ThemeFiles {

  private static final Path MESSAGES = Path.of("themes", "messages");

  private static final Pattern KEYCLOAK_MESSAGES =
      Pattern.compile("theme/base/login/messages/messages_(\\w+)\\.properties");

  private ThemeFiles() {}

  /** Of pages and of mails. */
  static List<Path> templates() {
    return Stream.of("", "html", "text")
        .flatMap(folder -> list(Path.of("themes", "templates", folder)).stream())
        .filter(Files::isRegularFile)
        .toList();
  }

  static List<Path> scripts() {
    return list(Path.of("themes", "resources", "js"));
  }

  static List<Path> styles() {
    return list(Path.of("themes", "resources", "css"));
  }

  public static List<Path> messageFiles() {
    return list(MESSAGES);
  }

  /** The locale that a file is named after. */
  public static Locale localeOf(Path messageFile) {
    String name = messageFile.getFileName().toString();
    String tag = name.substring("messages_".length(), name.length() - ".properties".length());
    return Locale.forLanguageTag(tag.replace('_', '-'));
  }

  static Properties english() {
    return messages(MESSAGES.resolve("messages_en.properties"));
  }

  public static Properties messages(Path file) {
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

  /** The tags in the names of the message files of Keycloak's login theme, as in {@code pt_BR}. */
  static Set<String> keycloakLanguages() {
    var english =
        ThemeFiles.class
            .getClassLoader()
            .getResource("theme/base/login/messages/messages_en.properties");
    try (JarFile jar = ((JarURLConnection) english.openConnection()).getJarFile()) {
      return jar.stream()
          .map(JarEntry::getName)
          .map(KEYCLOAK_MESSAGES::matcher)
          .filter(Matcher::matches)
          .map(file -> file.group(1))
          .collect(Collectors.toSet());
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
