package com.smspm.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.simulator.Behaviour;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.testframework.annotations.InjectAdminClient;
import org.keycloak.testframework.annotations.InjectRealm;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;
import org.keycloak.testframework.realm.ManagedRealm;
import org.keycloak.testframework.remote.runonserver.InjectRunOnServer;
import org.keycloak.testframework.remote.runonserver.RunOnServerClient;
import org.keycloak.testframework.remote.timeoffset.InjectTimeOffSet;
import org.keycloak.testframework.remote.timeoffset.TimeOffSet;

/**
 * Bots have codes sent to a range that pays for it, and enter none. Each test has its own range.
 */
@KeycloakIntegrationTest(config = TestServer.class)
class PumpingGuardIT {

  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;

  /** Older than two minutes, however the minutes of the clock fall. */
  private static final int OLD_ENOUGH = 3 * MINUTE;

  private static final int ENOUGH = 20;
  private static final int NO_SEQUENCE = 7;
  private static final int MOST_EVENTS = 10_000;

  @InjectRealm(config = DemoRealm.class)
  ManagedRealm realm;

  @InjectAdminClient Keycloak admin;

  @InjectTimeOffSet(enableForCaches = true)
  TimeOffSet time;

  @InjectRunOnServer(permittedPackages = "com.smspm.keycloak.it")
  RunOnServerClient server;

  private int now;

  @BeforeEach
  void oneAddressMayAskOften() {
    configure(Map.of());
  }

  @AfterEach
  void goOnAsUsual() {
    TestServer.SIMULATOR.behave(Behaviour.NORMAL);
    moveTo(0);
    TestFlows.configureRealm(realm(), Map.of());
  }

  @Test
  void aWalkOfThreeHundredThroughOneRangeIsStoppedByMessageForty() {
    String range = "+3725811";
    TestUser enrolled = TestUser.withNumber(realm(), range + "0001");
    int sent = 0;
    try (Walk walk = walk(range, 1)) {
      for (int i = 0; i < 300; i++) {
        moveTo(i * HOUR / 300);
        sent += walk.next() ? 1 : 0;
      }
    }

    assertThat(sent).isBetween(10, 40);
    assertThat(closings(range))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getUserId()).isNull();
              assertThat(event.getDetails())
                  .containsEntry("smspm_reason", "LOW_CONVERSION")
                  .containsEntry("smspm_seconds", "" + HOUR)
                  .containsEntry("smspm_verified", "0")
                  .doesNotContainKey("smspm_mode");
            });
    try (TestBrowser browser = new TestBrowser()) {
      assertThat(browser.signIn(enrolled).enterCode(enrolled.code(1)).isLoggedIn()).isTrue();
    }
  }

  @Test
  void withoutASequenceTwentyMessagesAreNeeded() {
    String range = "+3725812";
    try (Walk walk = walk(range, NO_SEQUENCE)) {
      assertThat(walk.next(ENOUGH - 1)).isEqualTo(ENOUGH - 1);
      moveTo(OLD_ENOUGH);
      assertThat(walk.next(2)).isEqualTo(2);
      assertThat(closings(range)).isEmpty();
      moveTo(2 * OLD_ENOUGH);

      // The first message of ten minutes is not judged
      assertThat(walk.next(4)).isBetween(1, 2);
    }
    assertThat(closings(range)).hasSize(1);
  }

  @Test
  void aSequenceHalvesTheMessagesThatAreNeeded() {
    try (Walk walk = walk("+3725813", 1)) {
      assertThat(walk.next(ENOUGH / 2)).isEqualTo(ENOUGH / 2);
      moveTo(OLD_ENOUGH);

      assertThat(walk.next(3)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aRangeWhereEveryFourthCodeIsEnteredStaysOpenEvenInSequence() {
    String range = "+3725814";
    int sent = 0;
    try (Walk walk = walk(range, 1)) {
      for (int i = 0; i < 12; i++) {
        moveTo(i * OLD_ENOUGH);
        sent += walk.next(4);
        walk.verify();
      }
    }

    assertThat(sent).isEqualTo(48);
    assertThat(closings(range)).isEmpty();
  }

  @Test
  void aClosedRangeOpensAfterAnHourAndItsNextClosingIsTwice() {
    String range = "+3725815";
    try (Walk walk = walk(range, NO_SEQUENCE)) {
      closeByWalking(walk);
      int closedAt = now;
      moveTo(closedAt + HOUR - 10);
      walk.anotherUser();
      assertThat(walk.next()).isFalse();
      assertThat(openings(range)).isEmpty();

      moveTo(closedAt + HOUR + 1);
      walk.anotherUser();
      closeByWalking(walk);
      closedAt = now;
      moveTo(closedAt + 2 * HOUR - 10);
      walk.anotherUser();
      assertThat(walk.next()).isFalse();
      moveTo(closedAt + 2 * HOUR + 1);
      assertThat(walk.next()).isTrue();
    }

    assertThat(closings(range))
        .extracting(event -> event.getDetails().get("smspm_seconds"))
        .containsExactlyInAnyOrder("" + HOUR, "" + 2 * HOUR);
    assertThat(openings(range))
        .extracting(event -> event.getDetails().get("smspm_reason"))
        .containsExactly("expired", "expired");
  }

  @Test
  void whatAnAdminOpensIsListedNoMoreAndNotClosedForTheSameMessagesAgain() {
    String range = "+3725816";
    try (Walk walk = walk(range, NO_SEQUENCE)) {
      closeByWalking(walk);
      assertThat(listed()).containsPattern("\\" + range + " LOW_CONVERSION 2[01] 0");

      server.run(RangesOnServer.open(range));

      assertThat(listed()).doesNotContain(range);
      moveTo(now + OLD_ENOUGH);
      assertThat(walk.next(5)).isEqualTo(5);
    }
    assertThat(openings(range))
        .extracting(event -> event.getDetails().get("smspm_reason"))
        .containsExactly("admin");
  }

  @Test
  void whatAnAdminClosesIsClosedForAsLongAsTheAdminSaid() {
    String range = "+3725817";
    server.run(RangesOnServer.close(range, Duration.ofHours(30)));

    assertThat(listed()).contains(range + " ADMIN 0 0");
    try (Walk walk = walk(range, NO_SEQUENCE)) {
      moveTo(30 * HOUR - 10);
      assertThat(walk.next()).isFalse();
      moveTo(30 * HOUR + 1);
      walk.anotherUser();
      assertThat(walk.next()).isTrue();
    }
    assertThat(listed()).doesNotContain(range);
  }

  @Test
  void monitoringReportsTheSameAndRefusesNothing() {
    configure(Map.of("pumpingGuard", "monitor"));
    String range = "+3725818";
    try (Walk walk = walk(range, NO_SEQUENCE)) {
      assertThat(walk.next(ENOUGH)).isEqualTo(ENOUGH);
      moveTo(OLD_ENOUGH);

      assertThat(walk.next(ENOUGH)).isEqualTo(ENOUGH);
    }
    assertThat(closings(range))
        .singleElement()
        .satisfies(event -> assertThat(event.getDetails()).containsEntry("smspm_mode", "monitor"));
  }

  @Test
  void aGuardThatIsOffCountsNothing() {
    configure(Map.of("pumpingGuard", "off"));
    String range = "+3725819";
    try (Walk walk = walk(range, 1)) {
      walk.next(ENOUGH);
      configure(Map.of());
      moveTo(OLD_ENOUGH);

      assertThat(walk.next(5)).isEqualTo(5);
    }
    assertThat(closings(range)).isEmpty();
  }

  @Test
  void aGatewayThatFailsClosesNothing() {
    String range = "+3725821";
    TestServer.SIMULATOR.behave(new Behaviour(Behaviour.Answer.LOW_BALANCE, 0));
    try (Walk walk = walk(range, NO_SEQUENCE)) {
      int before = TestServer.SIMULATOR.requests();
      walk.next(ENOUGH);
      Eventually.holds(() -> TestServer.SIMULATOR.requests() >= before + ENOUGH);
      TestServer.SIMULATOR.behave(Behaviour.NORMAL);
      moveTo(OLD_ENOUGH);

      assertThat(walk.next(5)).isEqualTo(5);
    }
    assertThat(closings(range)).isEmpty();
  }

  @Test
  void aCountryOnlyRaisesAnAlertWhenItsRangesAreChanged() {
    for (int i = 0; i < ENOUGH + 1; i++) {
      // The last one is asked for when the others are old enough
      moveTo(i < ENOUGH ? 0 : OLD_ENOUGH);
      try (Walk walk = walk("+3712" + (100 + i), 1)) {
        assertThat(walk.next()).isTrue();
      }
    }

    Eventually.holds(() -> !events("CUSTOM_REQUIRED_ACTION_ERROR", "country_alert").isEmpty());
    assertThat(events("CUSTOM_REQUIRED_ACTION_ERROR", "country_alert"))
        .anySatisfy(
            event ->
                assertThat(event.getDetails())
                    .containsEntry("smspm_country", "LV")
                    .containsEntry("smspm_messages", "" + ENOUGH)
                    .containsEntry("smspm_verified", "0"));
    assertThat(listed()).doesNotContain("+371");
  }

  private Walk walk(String prefix, int step) {
    return new Walk(this::realm, prefix, step);
  }

  private void closeByWalking(Walk walk) {
    assertThat(walk.next(ENOUGH)).isEqualTo(ENOUGH);
    moveTo(now + OLD_ENOUGH);
    assertThat(walk.next(3)).isBetween(1, 2);
  }

  private String listed() {
    return server.fetch(RangesOnServer.list(), String.class);
  }

  private List<EventRepresentation> closings(String range) {
    return ofRange(range, events("CUSTOM_REQUIRED_ACTION_ERROR", "range_closed"));
  }

  private List<EventRepresentation> openings(String range) {
    return ofRange(range, events("CUSTOM_REQUIRED_ACTION", "range_opened"));
  }

  private static List<EventRepresentation> ofRange(String range, List<EventRepresentation> all) {
    return all.stream()
        .filter(event -> (range + "••••").equals(event.getDetails().get("smspm_range")))
        .toList();
  }

  private List<EventRepresentation> events(String type, String what) {
    return realm().getEvents(List.of(type), null, null, null, null, null, 0, MOST_EVENTS).stream()
        .filter(event -> what.equals(event.getDetails().get("smspm_event")))
        .toList();
  }

  private void configure(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("perAddressHour", "10000");
    all.put("perUserHour", "20");
    all.put("perUserDay", "50");
    TestFlows.configureRealm(realm(), all);
  }

  /** The admin's own token does not survive the journey, but is only needed now and then. */
  private void moveTo(int second) {
    if (second != now) {
      now = second;
      time.set(second);
    }
  }

  private RealmResource realm() {
    admin.tokenManager().grantToken();
    return realm.admin();
  }
}
