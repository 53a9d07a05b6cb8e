package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.representations.idm.PartialImportRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.runonserver.InjectRunOnServer;
import org.keycloak.testframework.remote.runonserver.RunOnServerClient;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/**
 * Whether there is an account cannot be told: not from a byte, a status, a header or a cookie, not
 * from what the page asks later, since it asks nothing, and not from the time that all of it takes.
 */
@KeycloakIntegrationTest(config = TestServer.class)
class EnumerationIT {

  /** So many tries of each kind. */
  private static final int TRIES = 500;

  /** Before these, a server compiles what it runs. */
  private static final int WARM_UP = 30;

  private static final int TRIES_IN_AN_HOUR = 50;

  private static final double MOST_MILLIS = 10;

  private static final String PHONE = "enumeration phone";
  private static final String RESET = "enumeration reset";

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectRunOnServer(permittedPackages = "com.smspm.keycloak.it")
  RunOnServerClient server;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @BeforeEach
  void theFlows() {
    TestFlows.configureRealm(
        realm.admin(), Map.of("perAddressHour", "10000", "deniedCountries", "GB"));
    if (realm.admin().flows().getFlows().stream().noneMatch(it -> PHONE.equals(it.getAlias()))) {
      OpenDoors.loginByPhone(realm.admin(), PHONE);
      OpenDoors.resetBySms(realm.admin(), RESET, Map.of());
      RealmRepresentation settings = realm.admin().toRepresentation();
      settings.setBruteForceProtected(true);
      settings.setFailureFactor(2);
      settings.setWaitIncrementSeconds(3600);
      settings.setMaxFailureWaitSeconds(3600);
      realm.admin().update(settings);
    }
  }

  @AfterEach
  void theClockAgain() {
    new ServerClock(admin).moveTo(0);
  }

  @Test
  void everyNumberLooksTheSame() {
    TestUser known = TestUser.withNumber(realm.admin());
    List<String> unknown = byNumber(TestUser.anotherNumber());
    assertThat(unknown).hasSize(8);

    Map<String, String> others = new HashMap<>();
    others.put("known", known.number());
    others.put("speaks German", german().number());
    others.put("disabled", disabled().number());
    others.put("locked out", lockedOut().number());
    others.put("paused", paused().number());
    others.put("ambiguous", ambiguous().number());
    others.put("unproven", unproven().number());
    others.put("refused", "+447400123456");
    String range = "+3725818";
    server.run(RangesOnServer.close(range, Duration.ofHours(1)));
    TestUser inClosedRange = TestUser.withNumber(realm.admin(), range + "0001");
    others.put("known, in a closed range", inClosedRange.number());
    others.put("unknown, in a closed range", range + "0002");
    others.forEach((what, number) -> assertThat(byNumber(number)).as(what).isEqualTo(unknown));
    assertThat(known.messages()).isEqualTo(1);
    assertThat(inClosedRange.messages()).isZero();
  }

  @Test
  void everyNameLooksTheSame() {
    TestUser known = TestUser.withNumber(realm.admin());
    List<String> unknown = byName("nobody-has-this-name");
    assertThat(unknown).hasSize(8);

    Map<String, String> others = new HashMap<>();
    others.put("known", known.name());
    others.put("speaks German", german().name());
    others.put("without a number", TestUser.withoutNumber(realm.admin()).name());
    others.put("disabled", disabled().name());
    others.put("locked out", lockedOut().name());
    others.put("paused", paused().name());
    others.forEach((what, name) -> assertThat(byName(name)).as(what).isEqualTo(unknown));
    assertThat(known.messages()).isEqualTo(1);
  }

  @Test
  void whatIsUsedUpAtOneDoorDoesNotShowAtAnother() {
    TestUser known = TestUser.withNumber(realm.admin());
    List<String> unknown = byNumber(TestUser.anotherNumber());
    byName(known.name());

    // The name's message and its wrong codes were the number's too, and nobody can see it
    assertThat(byNumber(known.number())).isEqualTo(unknown);
  }

  @Test
  void itTakesTheSameTimeByNumber(TestReporter reporter) {
    List<TestUser> known = manyUsers("timed-phone-");
    OpenDoors.bindBrowser(realm.admin(), PHONE);
    List<Double> knownPage = new ArrayList<>();
    List<Double> unknownPage = new ArrayList<>();
    List<Double> knownWrong = new ArrayList<>();
    List<Double> unknownWrong = new ArrayList<>();
    for (int i = 0; i < WARM_UP + TRIES; i++) {
      anotherHour(i);
      boolean counts = i >= WARM_UP;
      TestUser user = known.get(i);
      time(unused(i), unknownPage, unknownWrong, counts);
      time(user.number(), knownPage, knownWrong, counts);
      user.code(1);
    }
    assertAlike(reporter, "page", knownPage, unknownPage);
    assertAlike(reporter, "wrong code", knownWrong, unknownWrong);
  }

  @Test
  void itTakesTheSameTimeByName(TestReporter reporter) {
    List<TestUser> known = manyUsers("timed-reset-");
    List<Double> knownPage = new ArrayList<>();
    List<Double> unknownPage = new ArrayList<>();
    List<Double> knownWrong = new ArrayList<>();
    List<Double> unknownWrong = new ArrayList<>();
    for (int i = 0; i < WARM_UP + TRIES; i++) {
      anotherHour(i);
      boolean counts = i >= WARM_UP;
      TestUser user = known.get(i);
      timeName("nobody-" + i, unknownPage, unknownWrong, counts);
      timeName(user.name(), knownPage, knownWrong, counts);
      user.code(1);
    }
    assertAlike(reporter, "page", knownPage, unknownPage);
    assertAlike(reporter, "wrong code", knownWrong, unknownWrong);
  }

  private static void time(String number, List<Double> page, List<Double> wrong, boolean counts) {
    RawBrowser browser = new RawBrowser();
    browser.open();
    RawBrowser.Answer asked = browser.post(Map.of("phoneNumber", number, "country", "EE"));
    time(browser, asked, page, wrong, counts);
  }

  private static void timeName(String name, List<Double> page, List<Double> wrong, boolean counts) {
    RawBrowser browser = new RawBrowser();
    browser.open();
    browser.forgotPassword();
    time(browser, browser.post(Map.of("username", name)), page, wrong, counts);
  }

  private static void time(
      RawBrowser browser,
      RawBrowser.Answer asked,
      List<Double> page,
      List<Double> wrong,
      boolean counts) {
    RawBrowser.Answer refused = browser.post(Map.of("code", "000000"));
    assertThat(refused.body()).contains("4 attempts");
    if (counts) {
      page.add(asked.nanos() / 1e6);
      wrong.add(refused.nanos() / 1e6);
    }
  }

  private static void assertAlike(
      TestReporter reporter, String what, List<Double> known, List<Double> unknown) {
    String medians =
        String.format(Locale.ROOT, "%.1f ms known, %.1f unknown", median(known), median(unknown));
    reporter.publishEntry(what, medians);
    assertThat(known).hasSizeGreaterThanOrEqualTo(TRIES);
    assertThat(median(known) - median(unknown))
        .as("%s: %s", what, medians)
        .isBetween(-MOST_MILLIS, MOST_MILLIS);
  }

  /** An address's budget is counted slot by slot: it must not grow while the time is taken. */
  private void anotherHour(int tries) {
    if (tries % TRIES_IN_AN_HOUR == 0) {
      new ServerClock(admin).moveTo(tries / TRIES_IN_AN_HOUR * 3_660);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** All that is to be seen from typing a number to the end of the attempts. */
  private List<String> byNumber(String number) {
    OpenDoors.bindBrowser(realm.admin(), PHONE);
    RawBrowser browser = new RawBrowser();
    browser.open();
    return seen(browser, browser.post(Map.of("phoneNumber", number, "country", "EE")), number);
  }

  private List<String> byName(String name) {
    OpenDoors.bindBrowser(realm.admin(), PHONE);
    RawBrowser browser = new RawBrowser();
    browser.open();
    browser.forgotPassword();
    return seen(browser, browser.post(Map.of("username", name)), name);
  }

  private static List<String> seen(RawBrowser browser, RawBrowser.Answer first, String typed) {
    List<String> seen = new ArrayList<>();
    seen.add(first.whole(typed));
    seen.add(browser.post(Map.of("resend", "true")).whole(typed));
    seen.add(browser.post(Map.of("code", "")).whole(typed));
    seen.add(browser.post(Map.of("code", "12")).whole(typed));
    seen.add(browser.post(Map.of("code", "000000")).whole(typed));
    seen.add(browser.refresh().whole(typed));
    // Keycloak's own list, which a page need not lead to
    seen.add(browser.post(Map.of("tryAnotherWay", "on")).whole(typed));
    for (int i = 0; i < 4; i++) {
      browser.post(Map.of("code", "000000"));
    }
    seen.add(browser.refresh().whole(typed));
    // Nothing to ask later, either
    assertThat(seen).noneMatch(page -> page.contains("/smspm/status/"));
    return seen;
  }

  private TestUser german() {
    TestUser user = TestUser.withNumber(realm.admin());
    UserRepresentation account = user.admin().toRepresentation();
    account.singleAttribute("locale", "de");
    user.admin().update(account);
    return user;
  }

  private TestUser disabled() {
    TestUser user = TestUser.withNumber(realm.admin());
    UserRepresentation account = user.admin().toRepresentation();
    account.setEnabled(false);
    user.admin().update(account);
    return user;
  }

  private TestUser lockedOut() {
    TestUser user = TestUser.withNumber(realm.admin());
    OpenDoors.bindBrowser(realm.admin(), "browser with SMS");
    for (int i = 0; i < 3; i++) {
      try (TestBrowser browser = new TestBrowser()) {
        browser.open().enter(Map.of("username", user.name(), "password", "wrong"), "login");
      }
    }
    Eventually.holds(
        () ->
            Boolean.TRUE.equals(
                realm.admin().attackDetection().bruteForceUserStatus(user.id()).get("disabled")));
    return user;
  }

  /** Two names of one user: what was typed now has not failed yet, but its user has. */
  private TestUser paused() {
    TestUser user = TestUser.withNumber(realm.admin());
    for (int i = 0; i < 2; i++) {
      new ServerClock(admin).moveTo(i * 301);
      byName(user.name() + "@example.com");
    }
    new ServerClock(admin).moveTo(0);
    return user;
  }

  private TestUser ambiguous() {
    TestUser user = TestUser.withNumber(realm.admin());
    TestUser.withNumber(realm.admin(), user.number());
    return user;
  }

  private TestUser unproven() {
    TestUser user = TestUser.withoutNumber(realm.admin());
    UserRepresentation account = user.admin().toRepresentation();
    account.singleAttribute("phoneNumber", user.number());
    account.singleAttribute("phoneNumberVerified", "true");
    user.admin().update(account);
    return user;
  }

  /** Numbers that nobody has, spread over as many ranges as those of the users. */
  private static String unused(int i) {
    return String.format(Locale.ROOT, "+37255%02d%04d", i % 100, 5000 + i);
  }

  private List<TestUser> manyUsers(String prefix) {
    List<UserRepresentation> accounts = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < WARM_UP + TRIES; i++) {
      UserRepresentation account = new UserRepresentation();
      account.setUsername(prefix + i);
      account.setEmail(prefix + i + "@example.com");
      account.setEnabled(true);
      numbers.add(TestUser.anotherNumber());
      account.setCredentials(List.of(TestUser.phone(numbers.get(i))));
      accounts.add(account);
    }
    PartialImportRepresentation all = new PartialImportRepresentation();
    all.setUsers(accounts);
    realm.admin().partialImport(all).close();
    List<TestUser> users = new ArrayList<>();
    for (int i = 0; i < WARM_UP + TRIES; i++) {
      users.add(new TestUser(realm.admin(), "", prefix + i, numbers.get(i)));
    }
    return users;
  }
}
