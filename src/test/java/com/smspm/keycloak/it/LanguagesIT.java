package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.smspm.keycloak.themes.ThemeFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.realm.RealmBuilder;
import org.keycloak.testframework.realm.RealmConfig;
import org.keycloak.util.JsonSerialization;

/** A running server has our texts in every language, on its pages, in messages, in the account. */
@KeycloakIntegrationTest(config = TestServer.class)
class LanguagesIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @InjectRealm(config = AllLanguages.class)
  ManagedRealm realm;

  private final TestBrowser browser = new TestBrowser();

  /** The demo realm in every language that we have texts in. */
  public static class AllLanguages implements RealmConfig {
    @Override
    public RealmBuilder configure(RealmBuilder builder) {
      RealmRepresentation realm = new DemoRealm().configure(builder).build();
      realm.setSupportedLocales(tags().collect(Collectors.toSet()));
      return RealmBuilder.update(realm);
    }
  }

  /** As a realm knows them: {@code pt-BR}. */
  static Stream<String> tags() {
    return ThemeFiles.messageFiles().stream().map(it -> ThemeFiles.localeOf(it).toLanguageTag());
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @ParameterizedTest
  @MethodSource("tags")
  void pageErrorAndMessageAreInTheLanguageOfTheLogin(String tag) {
    assertThatALoginIsIn(tag, texts(tag));
  }

  @ParameterizedTest
  @MethodSource("tags")
  void theAccountConsoleHasOurTexts(String tag) throws Exception {
    assertThatTheAccountConsoleIsIn(tag, texts(tag));
  }

  /**
   * Each in a realm that has no other Chinese: Keycloak itself mixes up two that only differ in
   * script.
   */
  @ParameterizedTest
  @CsvSource({"zh-Hans, zh-CN", "zh-Hant, zh-TW", "zh-Hans-CN, zh-CN", "zh-Hant-TW, zh-TW"})
  void chineseIsFoundUnderEveryNameThatKeycloakFindsItsOwnUnder(String tag, String file)
      throws Exception {
    RealmRepresentation settings = realm.admin().toRepresentation();
    Set<String> before = settings.getSupportedLocales();
    settings.setSupportedLocales(new HashSet<>(List.of("en", tag)));
    realm.admin().update(settings);
    try {
      assertThatALoginIsIn(tag, texts(file));
      assertThatTheAccountConsoleIsIn(tag, texts(file));
    } finally {
      settings.setSupportedLocales(before);
      realm.admin().update(settings);
    }
  }

  @Test
  void theCountriesOfTheNumberPageAreInTheLanguageToo() {
    TestUser user = TestUser.withoutNumber(realm.admin());

    signIn(user, "de");

    assertThat(browser.text()).contains("Estland", texts("de").getProperty("smspmNumberLabel"));
  }

  private void assertThatALoginIsIn(String tag, Properties texts) {
    TestUser user = TestUser.withNumber(realm.admin());

    signIn(user, tag);

    assertThat(seen(browser.text()))
        .contains(said(texts, "smspmCodeTitle"))
        .contains(said(texts, "smspmCodeLabel"))
        .contains(said(texts, "smspmCodeSubmit"));
    assertThat(seen(browser.enterCode("").text())).contains(said(texts, "smspmCodeMissing"));
    String code = user.code(1);
    String message = TestServer.SIMULATOR.messagesTo(user.number()).get(0).text();
    String name = realm.admin().toRepresentation().getDisplayName();
    assertThat(Stream.of("", "Short", "Shorter", "Shortest"))
        .anySatisfy(
            length ->
                assertThat(message)
                    .startsWith(
                        new MessageFormat(
                                    texts.getProperty("smspmSmsText" + length),
                                    Locale.forLanguageTag(tag + "-u-nu-latn"))
                                .format(new Object[] {code, name, 5})
                            + "\n"));
  }

  private void signIn(TestUser user, String tag) {
    browser.open("ui_locales", tag);
    browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
  }

  private void assertThatTheAccountConsoleIsIn(String tag, Properties texts) throws Exception {
    Map<String, String> shown = accountTexts(tag);

    assertThat(texts.stringPropertyNames())
        .allSatisfy(key -> assertThat(shown).containsEntry(key, texts.getProperty(key)));
  }

  /** What the account console loads when a user opens it. */
  private static Map<String, String> accountTexts(String tag) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:8080/resources/" + DemoRealm.NAME + "/account/" + tag))
            .build();
    JsonNode texts =
        JsonSerialization.mapper.readTree(
            CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
    return texts.findParents("key").stream()
        .collect(Collectors.toMap(it -> it.path("key").asText(), it -> it.path("value").asText()));
  }

  private static Properties texts(String tag) {
    return ThemeFiles.messages(
        Path.of("themes", "messages", "messages_" + tag.replace('-', '_') + ".properties"));
  }

  private static String said(Properties texts, String key) {
    return seen(MessageFormat.format(texts.getProperty(key), 6));
  }

  /** As HtmlUnit writes what a page shows: all kinds of spaces are one. */
  private static String seen(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("[\\s\\p{Z}]+", " ");
  }
}
