package com.smspm.keycloak;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.smspm.keycloak.challenge.PageTexts;
import com.smspm.keycloak.gateway.SmsMessage;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.net.HttpURLConnection;
import java.net.URLConnection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls between the rooms, as in docs/architecture.md. */
class WallsTest {

  private static final String OURS = "com.smspm.keycloak";

  /** Which rooms a room may use, beside itself and those that everybody may use. */
  private static final Map<String, Set<String>> ROOMS =
      Map.ofEntries(
          Map.entry("code", Set.of()),
          Map.entry("phone", Set.of()),
          Map.entry("message", Set.of()),
          Map.entry("gateway", Set.of()),
          Map.entry("gateway.smspm", Set.of("gateway", "settings")),
          Map.entry("limits", Set.of()),
          Map.entry("delivery", Set.of("gateway", "limits", "message")),
          Map.entry("settings", Set.of("limits")),
          Map.entry("credential", Set.of()),
          Map.entry(
              "challenge",
              Set.of("limits", "delivery", "message", "settings", "credential", "notice")),
          Map.entry(
              "notice",
              Set.of("delivery", "message", "credential", "device", "settings", "limits")),
          Map.entry("device", Set.of("limits", "credential")),
          Map.entry("login", Set.of("challenge", "credential", "device", "settings")),
          Map.entry("enrolment", Set.of("challenge", "credential", "settings")),
          Map.entry("rest", Set.of("delivery", "challenge", "credential", "settings", "limits")),
          Map.entry("claims", Set.of("credential")),
          Map.entry("telemetry", Set.of()));

  private static final Set<String> FOR_ALL = Set.of("code", "phone", "telemetry");
  private static final Set<String> PURE = Set.of("code", "phone", "message");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(OURS);

  private static final JavaClasses CULPRIT = new ClassFileImporter().importClasses(Culprit.class);

  static Stream<String> rooms() {
    return MAIN.stream().map(WallsTest::roomOf).distinct();
  }

  @Test
  void everyRoomIsOnThePlan() {
    assertThat(rooms()).isSubsetOf(ROOMS.keySet()).hasSizeGreaterThanOrEqualTo(13);
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomUsesOnlyTheRoomsItMay(String room) {
    wallsAround(room, ROOMS.get(room)).check(MAIN);
  }

  @Test
  void aBrokenWallIsSeen() {
    assertThat(wallsAround("delivery", Set.of()).evaluate(MAIN).hasViolation()).isTrue();
    assertThat(wallsAround("login", Set.of("challenge")).evaluate(MAIN).hasViolation()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pureRooms")
  void thePureRoomsKnowNothingOfKeycloak(String room) {
    noneIn(room).should().dependOnClassesThat().resideInAPackage("org.keycloak..").check(MAIN);
  }

  static Stream<String> pureRooms() {
    return PURE.stream();
  }

  @Test
  void onlyTheSmspmClientKnowsOkHttp() {
    DescribedPredicate<JavaClass> elsewhere =
        describe("outside of gateway.smspm", type -> !roomOf(type).equals("gateway.smspm"));
    noClasses()
        .that(elsewhere)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("okhttp3..", "okio..", "kotlin..")
        .check(MAIN);
    assertThat(
            noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("okhttp3..")
                .evaluate(MAIN)
                .hasViolation())
        .isTrue();
  }

  @Test
  void onlyTheDeliveryKnowsFailsafe() {
    noClasses()
        .that(describe("outside of delivery", type -> !roomOf(type).equals("delivery")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.failsafe..")
        .check(MAIN);
  }

  @Test
  void onlyTelemetryKnowsHowThingsAreCountedAndTraced() {
    noClasses()
        .that(describe("outside of telemetry", type -> !roomOf(type).equals("telemetry")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.opentelemetry..", "org.keycloak.tracing..")
        .check(MAIN);
  }

  @Test
  void onlyThePagesTextsKnowFreeMarker() {
    ArchRule nobodyElse =
        noClasses()
            .that(describe("other than PageTexts", type -> !type.isEquivalentTo(PageTexts.class)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("freemarker..");
    nobodyElse.check(MAIN);
    assertThat(
            noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("freemarker..")
                .evaluate(MAIN)
                .hasViolation())
        .isTrue();
  }

  @Test
  void onlyThePhoneRoomKnowsLibphonenumber() {
    noClasses()
        .that(describe("outside of phone", type -> !roomOf(type).equals("phone")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.i18n..")
        .check(MAIN);
  }

  @Test
  void thereIsNoSecondHttpClient() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.net.http..", "org.apache.http.client..", "org.apache.http.impl..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(URLConnection.class);
    holdsAndCanFail(rule);
  }

  @Test
  void nothingIsWrittenToStandardOutput() {
    holdsAndCanFail(noClasses().should().accessField(System.class, "out"));
    holdsAndCanFail(noClasses().should().accessField(System.class, "err"));
  }

  @Test
  void lettersChangeTheirCaseInANamedLocale() {
    holdsAndCanFail(noClasses().should().callMethod(String.class, "toLowerCase"));
    holdsAndCanFail(noClasses().should().callMethod(String.class, "toUpperCase"));
    holdsAndCanFail(
        noClasses().should().callMethod(String.class, "format", String.class, Object[].class));
    holdsAndCanFail(noClasses().should().callMethod(String.class, "formatted", Object[].class));
  }

  private static void holdsAndCanFail(ArchRule rule) {
    rule.check(MAIN);
    assertThat(rule.evaluate(CULPRIT).hasViolation()).isTrue();
  }

  private static ArchRule wallsAround(String room, Set<String> neighbours) {
    Set<String> allowed = new HashSet<>(neighbours);
    allowed.addAll(FOR_ALL);
    allowed.add(room);
    DescribedPredicate<JavaClass> beyond =
        describe(
            "are behind a wall of " + room,
            type ->
                type.getPackageName().startsWith(OURS)
                    && !allowed.contains(roomOf(type))
                    && !isHandedOn(neighbours, type));
    return noneIn(room).should().dependOnClassesThat(beyond);
  }

  /** Delivery takes messages in the gateway's form, so whoever may use it may make one. */
  private static boolean isHandedOn(Set<String> neighbours, JavaClass type) {
    return neighbours.contains("delivery") && type.isEquivalentTo(SmsMessage.class);
  }

  private static GivenClassesConjunction noneIn(String room) {
    return noClasses().that(describe("are in " + room, type -> roomOf(type).equals(room)));
  }

  private static String roomOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(OURS) ? "" : name.substring(OURS.length() + 1);
  }

  /** Breaks every rule once, so that each is seen to fail. */
  @SuppressWarnings("unused")
  private static final class Culprit {

    String breakAll(HttpURLConnection connection, String text) {
      System.out.println(connection);
      System.err.println(text);
      return text.toLowerCase() + text.toUpperCase() + String.format(text, 1) + text.formatted(2);
    }
  }
}
