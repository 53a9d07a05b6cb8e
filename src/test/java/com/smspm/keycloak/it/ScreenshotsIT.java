package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;
import org.openqa.selenium.Dimension;

/**
 * Not run with the other tests: {@code mvn -Pscreenshots verify} writes what is in {@code
 * docs/screenshots}. The first of {@code screenshots.languages} is shown in every theme, the others
 * in Keycloak's own.
 */
@KeycloakIntegrationTest(config = TestServer.class)
class ScreenshotsIT {

  private static final Path FOLDER = Path.of("docs", "screenshots");

  /** On average, for a picture that a page of text can do with. */
  private static final int MOST_BYTES = 10_500;

  private static final int LOWEST = 480;
  private static final String V2 = "keycloak.v2";

  @RegisterExtension static final Chromium BROWSER = new Chromium();

  @InjectRealm(config = PagesRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private final List<String> languages =
      List.of(System.getProperty("screenshots.languages", "en,de,ar").split(","));

  @BeforeAll
  static void beginAnew() throws IOException {
    Files.createDirectories(FOLDER);
    try (Stream<Path> old = Files.list(FOLDER)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void everyPageInEveryStateAndTheme() throws IOException {
    String first = languages.get(0);
    StringBuilder gallery =
        new StringBuilder("# Every page\n\nWritten by `mvn -Pscreenshots verify`.\n");
    for (PageState state : PageState.values()) {
      List<String> row = new ArrayList<>();
      open(state, V2, first);
      String wide = shoot(state, "v2-wide", first, Chromium.WIDE);
      row.add(shoot(state, "v2", first, Chromium.PHONE));
      BROWSER.dark(true);
      row.add(shoot(state, "v2-dark", first, Chromium.PHONE));
      open(state, "keycloak", first);
      row.add(shoot(state, "v1", first, Chromium.PHONE));
      open(state, "smspm-child", first);
      row.add(shoot(state, "child", first, Chromium.PHONE));
      for (String language : languages.subList(1, languages.size())) {
        open(state, V2, language);
        row.add(shoot(state, "v2", language, Chromium.PHONE));
      }
      gallery.append("\n## ").append(state.title()).append("\n\n![](").append(wide).append(")\n\n");
      row.forEach(name -> gallery.append("<img src=\"").append(name).append("\" width=\"240\">\n"));
    }
    open(PageState.CODE, "smspm-override", first);
    String override = shoot(PageState.CODE, "override", first, Chromium.PHONE);
    gallery.append("\n## A theme with a page of its own\n\n![](").append(override).append(")\n");
    Files.writeString(FOLDER.resolve("README.md"), gallery);

    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).average().orElseThrow())
          .isLessThan(MOST_BYTES);
    }
  }

  private void open(PageState state, String theme, String language) {
    PagesRealm.show(realm.admin(), theme);
    BROWSER.forget();
    BROWSER.dark(false);
    BROWSER.size(Chromium.WIDE);
    state.open(new PageState.Visit(BROWSER, realm.admin(), admin, language));
  }

  /** As high as the page is. */
  private static String shoot(PageState state, String theme, String language, Dimension size)
      throws IOException {
    BROWSER.size(new Dimension(size.width, Chromium.SMALLEST.height));
    long height = (Long) BROWSER.run("return document.documentElement.scrollHeight");
    BROWSER.size(new Dimension(size.width, (int) Math.max(height, LOWEST)));
    BROWSER.run("document.activeElement.blur(); window.scrollTo(0, 0)");
    BROWSER.driver().executeAsyncScript("document.fonts.ready.then(arguments[0])");
    String name = state.file() + "." + theme + "." + language + ".png";
    Files.write(FOLDER.resolve(name), Picture.small(BROWSER.screenshot()));
    return name;
  }
}
