package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/** What must hold for every page in every state that it has, in both of Keycloak's login themes. */
@KeycloakIntegrationTest(config = TestServer.class)
class EveryPageIT {

  private static final int MOST_BYTES = 15_000;
  private static final int DAY = 86_400;

  private static final String ARRIVAL =
      """
      const page = performance.getEntriesByType("navigation")[0];
      return page.responseEnd - page.responseStart + 0.1;
      """;

  /** Without web fonts: texts move when Keycloak's come late, on its own pages as well. */
  @RegisterExtension static final Chromium BROWSER = new Chromium("--disable-remote-fonts");

  /** What Axe says of Keycloak's own page, by theme. */
  private static final Map<String, Set<String>> KEYCLOAKS = new HashMap<>();

  @InjectRealm(config = PagesRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  private String shiftWatch;

  static Stream<Arguments> pages() {
    return inEveryTheme(PageState.values());
  }

  /** Of each height one. */
  static Stream<Arguments> somePages() {
    return inEveryTheme(PageState.CODE, PageState.NUMBER, PageState.CODE_SENT_BEFORE);
  }

  private static Stream<Arguments> inEveryTheme(PageState... states) {
    return PagesRealm.themes().stream()
        .flatMap(theme -> Stream.of(states).map(state -> Arguments.of(theme, state)));
  }

  @BeforeEach
  void watch() {
    shiftWatch = BROWSER.inject(Layout.WATCH_SHIFTS);
  }

  @AfterEach
  void leave() {
    BROWSER.withdraw(shiftWatch);
  }

  @ParameterizedTest(name = "{1} in {0}")
  @MethodSource("pages")
  void isAccessibleAndCleanAndFitsAndStaysWhereItIs(String theme, PageState state) {
    PagesRealm.show(realm.admin(), theme);
    Set<String> keycloaks = faultsOfKeycloaksOwnPages(theme);

    BROWSER.forget();
    TestUser user = state.open(new PageState.Visit(BROWSER, realm.admin(), admin, "en"));

    SoftAssertions.assertSoftly(
        it -> {
          it.assertThat(Layout.shifts(BROWSER)).as("layout shifts").isEmpty();
          it.assertThat(BROWSER.problems()).as("console").isEmpty();
          it.assertThat(BROWSER.html()).as("digits of the number").doesNotContain(digits(user));
          network(it, Loads.since(BROWSER));
          List<Axe.Fault> faults = Axe.faults(BROWSER, hasDark(theme));
          it.assertThat(faults).filteredOn(Axe.Fault::ours).isEmpty();
          it.assertThat(keycloaks).as("faults of %s", faults).containsAll(Axe.keys(faults));
          BROWSER.size(Chromium.SMALLEST);
          it.assertThat(Layout.outside(BROWSER)).as("at 400 %").isEmpty();
        });
  }

  /** A browser paints what it has of a page: also where that is half of it. */
  @ParameterizedTest(name = "{1} in {0}")
  @MethodSource("somePages")
  void staysWhereItIsWhileItArrivesInPieces(String theme, PageState state) {
    PagesRealm.show(realm.admin(), theme);
    state.open(new PageState.Visit(BROWSER, realm.admin(), admin, "en"));

    BROWSER.slowly(15_000, () -> BROWSER.driver().navigate().refresh());

    assertThat(BROWSER.has("head link[href*='/css/smspm.']")).isTrue();
    assertThat((Double) BROWSER.run(ARRIVAL)).as("milliseconds of arriving").isGreaterThan(300);
    assertThat(Layout.shifts(BROWSER)).isEmpty();
  }

  /** All but calling code and last three digits: no four in a row of what lies between. */
  private static String digits(TestUser user) {
    return user.number().substring(4, user.number().length() - 2);
  }

  private static void network(SoftAssertions it, List<Loads.Load> loads) {
    it.assertThat(loads)
        .allMatch(load -> load.status() < 400)
        .allMatch(
            load ->
                load.url().startsWith("http://localhost:8080/")
                    || load.url().startsWith(TestServer.SIMULATOR.endpoint()));
    List<Loads.Load> assets = loads.stream().filter(Loads.Load::isAsset).toList();
    it.assertThat(assets.stream().map(Loads.Load::url).distinct()).hasSizeGreaterThanOrEqualTo(3);
    it.assertThat(assets)
        .allMatch(load -> load.url().matches(".*\\.[0-9a-f]{10}\\.(js|css)"))
        .allMatch(load -> keptFor(load.cacheControl()) > DAY);
    it.assertThat(assets.stream().mapToLong(Loads.Load::bytes).sum())
        .as("bytes over the wire")
        .isLessThanOrEqualTo(MOST_BYTES);
  }

  private static int keptFor(String cacheControl) {
    return Stream.of(cacheControl.split("[,\\s]+"))
        .filter(part -> part.startsWith("max-age="))
        .mapToInt(part -> Integer.parseInt(part.substring("max-age=".length())))
        .findFirst()
        .orElse(0);
  }

  /** What Axe says of the pages for the password and for an authenticator application's code. */
  private Set<String> faultsOfKeycloaksOwnPages(String theme) {
    if (!KEYCLOAKS.containsKey(theme)) {
      BROWSER.go(TestBrowser.authorization());
      Set<String> faults = new TreeSet<>(Axe.keys(Axe.faults(BROWSER, hasDark(theme))));
      BROWSER.signIn(TestUser.withoutNumber(realm.admin(), TestFactors.totp()));
      assertThat(BROWSER.has("#otp")).isTrue();
      faults.addAll(Axe.keys(Axe.faults(BROWSER, hasDark(theme))));
      KEYCLOAKS.put(theme, faults);
    }
    return KEYCLOAKS.get(theme);
  }

  private static boolean hasDark(String theme) {
    return theme.endsWith(".v2");
  }
}
