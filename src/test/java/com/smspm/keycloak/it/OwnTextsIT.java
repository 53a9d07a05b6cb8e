package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmLocalizationResource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** What a realm's own texts, languages and address do to pages and messages. */
@KeycloakIntegrationTest(config = TestServer.class)
class OwnTextsIT {

  private static final String TEXT = "smspmSmsText";
  private static final List<String> LANGUAGES = List.of("en", "de");
  private static final String ENGLISH =
      " is your code for SMSPM demo. It is valid for 5 minutes. Do not share it.\n";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @InjectAdminClient Keycloak admin;

  private final TestBrowser browser = new TestBrowser();
  private TestUser user;

  @BeforeEach
  void aUserWithANumber() {
    user = TestUser.withNumber(realm.admin());
  }

  @AfterEach
  void theDefaultsAgain() {
    browser.close();
    new ServerClock(admin).moveTo(0);
    for (String language : LANGUAGES) {
      texts()
          .getRealmLocalizationTexts(language)
          .keySet()
          .forEach(key -> texts().deleteRealmLocalizationText(language, key));
    }
  }

  @Test
  void anOwnTextOfAPageIsShownInItsLanguageOnly() {
    write("de", "smspmCodeTitle", "Nur noch der Code");

    signIn("de");

    assertThat(browser.text()).contains("Nur noch der Code");
    assertThat(browser.switchTo("en").text())
        .contains("Enter the code")
        .doesNotContain("Nur noch der Code");
  }

  @Test
  void anOwnTextOfAMessageIsSentFromTheNextMessageOn() {
    signIn("en");
    assertThat(message(1)).isEqualTo(user.code(1) + ENGLISH + "@localhost #" + user.code(1));
    write("en", TEXT, "{0}: your way into {1}, for {2} minutes");
    write("de", TEXT, "{0}: Ihr Weg zu {1}");

    new ServerClock(admin).moveTo(31);
    browser.press("resend");

    String code = user.code(2);
    assertThat(message(2))
        .isEqualTo(code + ": your way into SMSPM demo, for 4 minutes\n@localhost #" + code);
  }

  @Test
  void aTextWithABrokenPlaceholderIsReplacedByTheDefaultAndTheLogNamesIt() {
    write("en", TEXT, "{0} is your code, {4}");

    signIn("en");

    String code = user.code(1);
    assertThat(message(1)).startsWith(code + ENGLISH);
    Eventually.holds(
        () -> warnings().anyMatch(it -> it.contains("language en: the text of smspmSmsText ")));
    assertThat(warnings()).noneMatch(it -> it.contains(code));
  }

  @Test
  void aBrokenTextIsToldOfOncePerHourAndTextNotOncePerMessage() {
    write("en", TEXT, "no code at all");
    signIn("en");
    user.code(1);
    user = TestUser.withNumber(realm.admin());
    try (TestBrowser other = new TestBrowser()) {
      other.signIn(user);
      user.code(1);
    }
    Eventually.holds(() -> warnings().anyMatch(it -> it.contains("smspmSmsText ")));
    long told = warnings().count();

    write("en", TEXT, "no code either");
    user = TestUser.withNumber(realm.admin());
    signIn("en");
    user.code(1);

    Eventually.holds(() -> warnings().count() == told + 1);
  }

  @Test
  void aLongTextOfTheRealmsOwnIsSentAndTheLogNamesItsSegments() {
    write("en", TEXT, "{0} is your code. " + "The longer, the more it costs. ".repeat(12));

    signIn("en");

    String code = user.code(1);
    assertThat(message(1))
        .startsWith(code + " is your code. The longer")
        .hasSizeGreaterThan(306)
        .endsWith("\n@localhost #" + code);
    Eventually.holds(
        () -> warnings().anyMatch(it -> it.contains("smspmSmsText is sent as 3 segments")));
    assertThat(warnings()).noneMatch(it -> it.contains(code));
  }

  @Test
  void aShorterTextOfTheRealmsOwnIsSentWhereTheLongerOneDoesNotFit() {
    write("en", TEXT, "{0} is your code. " + "The longer, the more it costs. ".repeat(12));
    write("en", "smspmSmsTextShortest", "{0}: short and ours");

    signIn("en");

    assertThat(message(1)).startsWith(user.code(1) + ": short and ours\n");
  }

  @Test
  void theLastLineHasTheHostThatTheBrowserShows() {
    String origin = "http://login.example.org";
    front(origin);
    try {
      browser.reaching(origin).signIn(user);

      assertThat(browser.formAction()).startsWith(origin);
      String code = user.code(1);
      assertThat(message(1)).endsWith("\n@login.example.org #" + code);
      assertThat(browser.enterCode(code).isLoggedIn()).isTrue();
    } finally {
      front("");
    }
  }

  @Test
  void theMessageFollowsTheLanguageThatIsChosenOnThePage() {
    signIn("en");
    browser.switchTo("de");
    new ServerClock(admin).moveTo(31);

    browser.press("resend");

    user.code(2);
    assertThat(message(2)).contains(" ist Ihr Code für SMSPM demo.");
    assertThat(browser.text()).contains("Code eingeben");
  }

  @Test
  void theMessageFollowsTheLanguageOfTheUsersProfileAsThePageDoes() {
    UserRepresentation profile = user.admin().toRepresentation();
    profile.singleAttribute("locale", "de");
    user.admin().update(profile);

    browser.signIn(user);

    assertThat(browser.text()).contains("Code eingeben");
    user.code(1);
    assertThat(message(1)).contains(" ist Ihr Code für SMSPM demo.");
  }

  private void signIn(String language) {
    browser.open("ui_locales", language);
    browser.enter(Map.of("username", user.name(), "password", TestUser.PASSWORD), "login");
  }

  /** The newest message, once so many have come. */
  private String message(int count) {
    assertThat(user.awaitedMessages(count)).isEqualTo(count);
    return TestServer.SIMULATOR.messagesTo(user.number()).get(0).text();
  }

  private void write(String language, String key, String text) {
    texts().saveRealmLocalizationText(language, key, text);
  }

  private RealmLocalizationResource texts() {
    return realm.admin().localization();
  }

  private void front(String url) {
    RealmRepresentation settings = realm.admin().toRepresentation();
    settings.getAttributes().put("frontendUrl", url);
    realm.admin().update(settings);
  }

  private static Stream<String> warnings() {
    try {
      return Files.readAllLines(TestServer.LOG).stream()
          .filter(it -> it.contains("CodeMessages") && it.contains("WARN"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
