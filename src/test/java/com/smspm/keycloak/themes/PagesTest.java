package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

  private static final String CODE = "smspm-code.ftl";
  private static final String NUMBER = "smspm-phone-number.ftl";

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void theCodePageOfALatinLanguageIsOfLatinCharacters(String theme) {
    Map<String, Object> asking =
        Map.of("live", true, "deliveryState", "queued", "deliveryPath", "/status");
    Map<String, Object> typed = Map.of("veiled", true, "typedNumber", "+37256789045", "live", true);

    for (Map<String, Object> state :
        List.of(
            with(asking, "resendPossible", true),
            with(asking, "deliveryState", "failed"),
            with(asking, "deliveryState", "unknown"),
            with(asking, "sentAgain", true),
            with(asking, "sendingFailed", true),
            with(Map.of("resendPossible", true), "secondsUntilResend", 9L),
            Map.<String, Object>of("resendPossible", true),
            typed)) {
      assertThat(Pages.code(theme, state).source(CODE)).matches("[\\x00-\\xFF]*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aLiveCodeHasOneFieldThatPhonesCanFill(String theme) {
    String html = Pages.code(theme, Map.of("live", true, "secondsValid", 65L)).render(CODE);

    assertThat(html).containsOnlyOnce("name=\"code\"");
    assertThat(html).contains("autocomplete=\"one-time-code\"", "inputmode=\"numeric\"");
    assertThat(html).contains("We sent a code of 6 digits to", "Time left for this code: 1:05");
    assertThat(html).doesNotContain("pattern=", "name=\"resend\"", "name=\"changeNumber\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void withoutALiveCodeThereIsNothingToTypeInto(String theme) {
    String html =
        Pages.code(theme, Map.of("resendPossible", true, "secondsUntilResend", 9L)).render(CODE);

    assertThat(html).doesNotContain("name=\"code\"");
    assertThat(html).contains("name=\"resend\" value=\"true\"", "New code possible in: 0:09");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void usedUpAttemptsLeaveOnlyTheWayBackToTheStart(String theme) {
    String html = Pages.code(theme, Map.of("exhausted", true)).render(CODE);

    assertThat(html).contains("There were too many wrong codes.", "href=\"/restart\"");
    assertThat(html).doesNotContain("name=\"code\"", "name=\"resend\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aPauseLeavesNothingToEnterOrToSend(String theme) {
    String html =
        Pages.code(theme, Map.of("locked", true, "live", false, "resendPossible", false))
            .render(CODE);

    assertThat(html).contains("are paused").doesNotContain("name=\"code\"", "name=\"resend\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aFailedMessageIsNotCalledSent(String theme) {
    String html =
        Pages.code(theme, Map.of("live", true, "sendingFailed", true, "resendPossible", true))
            .render(CODE);

    assertThat(html)
        .contains("We could not send the message to \u2066+372\u00a0••••\u00a0045\u2069. Please")
        .doesNotContain("We sent a code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void whatBecameOfAMessageIsSaidAndAnnounced(String theme) {
    String html =
        Pages.code(
                theme,
                Map.of("live", true, "deliveryState", "accepted", "deliveryPath", "/status/\"x"))
            .render(CODE);

    assertThat(html).contains("role=\"status\" data-path=\"/status/&quot;x\"");
    assertThat(html).containsPattern(">\\s*The message is on its way\\.\\s*</p>");
    assertThat(html).contains("/js/smspm-status.", "data-delivered=\"The message has arrived");
    assertThat(html)
        .contains("data-failed=\"We could not send the message to \u2066+372\u00a0••••\u00a0045");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aPageThatWillLearnNothingMoreDoesNotAsk(String theme) {
    String html =
        Pages.code(theme, Map.of("live", true, "deliveryState", "delivered")).render(CODE);

    assertThat(html).containsPattern(">\\s*The message has arrived on your phone\\.\\s*</p>");
    assertThat(html).doesNotContain("smspm-status.", "data-path", "data-queued");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void theOtherWaysAreInPlaceWhereSendingHasFailed(String theme) {
    Map<String, Object> failed =
        Map.of("live", true, "sendingFailed", true, "deliveryState", "failed");
    String html = Pages.code(theme, failed).with("auth", new OtherWays()).render(CODE);

    assertThat(html)
        .contains("value=\"totp\">Authenticator Application</button>")
        .doesNotContain("value=\"sms\"", "id=\"smspm-named-ways\" hidden");
    assertThat(html).containsPattern("role=\"status\"[^>]*>\\s*</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void anErrorStandsAtTheFieldAndIsReadWithIt(String theme) {
    String html =
        Pages.code(theme, Map.of("live", true)).withError("code", "No <b> here").render(CODE);

    assertThat(html).contains("No &lt;b&gt; here", "aria-invalid=\"true\"");
    assertThat(html).contains("aria-describedby=\"smspm-code-error smspm-lead\"");
    assertThat(html).contains("id=\"smspm-code-error\"", "id=\"smspm-lead\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void enterPressesTheFirstButtonSoThatIsTheOneThatSubmitsTheCode(String theme) {
    String html =
        Pages.code(
                theme,
                Map.of(
                    "live", true,
                    "resendPossible", true,
                    "changeNumberPossible", true,
                    "appInitiated", true,
                    "askSignOutOthers", true))
            .render(CODE);

    assertThat(html)
        .containsSubsequence(
            "name=\"logout-sessions\"",
            "Continue</button>",
            "name=\"resend\"",
            "name=\"cancel-aia\" value=\"true\" formnovalidate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aDeviceCanBeTrustedBeforeTheCodeIsSent(String theme) {
    Map<String, Object> live = Map.of("live", true, "trustDays", 30L);
    String html = Pages.code(theme, live).render(CODE);

    assertThat(html)
        .containsSubsequence("name=\"code\"", "name=\"trustDevice\"", "Continue</button>")
        .contains("Do not ask for a code on this device for 30 days")
        .contains("data-self-submit=\"false\"")
        .doesNotContain(" checked");
    assertThat(Pages.code(theme, with(live, "trustChosen", true)).render(CODE))
        .contains(" checked");
    assertThat(Pages.code(theme, with(live, "trustDays", 1L)).render(CODE)).contains("for 1 day<");
    assertThat(Pages.code(theme, with(live, "trustDays", 0L)).render(CODE))
        .contains("data-self-submit=\"true\"")
        .doesNotContain("trustDevice");
    assertThat(Pages.code(theme, with(live, "live", false)).render(CODE))
        .doesNotContain("trustDevice");
  }

  private static Map<String, Object> with(Map<String, Object> bean, String name, Object value) {
    Map<String, Object> changed = new HashMap<>(bean);
    changed.put(name, value);
    return changed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void theMaskedNumberCanBeSetRightWhereTheDoorAllowsIt(String theme) {
    String html =
        Pages.code(theme, Map.of("live", true, "changeNumberPossible", true)).render(CODE);

    assertThat(html).containsSubsequence("045\u2069", "Not your number?", "id=\"code\"");
    assertThat(html)
        .as("no button that Enter in the field would press")
        .contains("form=\"smspm-change-form\" name=\"changeNumber\"")
        .contains("<form id=\"smspm-change-form\" action=\"/action\" method=\"post\" hidden>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aSecondMessageIsCalledOne(String theme) {
    String html = Pages.code(theme, Map.of("live", true, "sentAgain", true)).render(CODE);

    assertThat(html).contains("We sent a new code to").doesNotContain("We sent a code of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void theOtherWaysHaveAButtonSinceKeycloaksOwnLinkNeedsScripts(String theme) {
    String html =
        Pages.code(theme, Map.of("live", true)).with("auth", new OtherWays()).render(CODE);

    assertThat(html.substring(html.indexOf("<form id=\"smspm-other-ways-form\"")))
        .contains("name=\"tryAnotherWay\" value=\"on\"", "<button type=\"submit\"");
    assertThat(html).doesNotContain("Is it not working?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void theOtherWaysAreSuggestedAfterSeveralTriesWhereThereAreAny(String theme) {
    Map<String, Object> stuck = Map.of("live", true, "otherWaysSuggested", true);

    assertThat(Pages.code(theme, stuck).with("auth", new OtherWays()).render(CODE))
        .containsSubsequence("Is it not working?", "Try Another Way</button>");
    assertThat(Pages.code(theme, stuck).render(CODE)).doesNotContain("Is it not working?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aThemeCanHaveTheButtonPressed(String theme) {
    assertThat(Pages.code(theme, Map.of("live", true)).render(CODE))
        .contains("data-self-submit=\"true\"");
    assertThat(
            Pages.code(theme, Map.of("live", true))
                .withProperty("smspmSelfSubmit", "false")
                .render(CODE))
        .contains("data-self-submit=\"false\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void withoutACountryThatIsWhereTheHandGoesFirst(String theme) {
    String html = Pages.number(theme, Map.of("country", "", "countryMissing", true)).render(NUMBER);

    assertThat(html).containsOnlyOnce("autofocus").containsSubsequence("autofocus", "</select>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void theNumberPageShowsWhatWasTyped(String theme) {
    String html =
        Pages.number(theme, Map.of("phoneNumber", "5\"><script>"))
            .withError("phoneNumber", "Too short")
            .render(NUMBER);

    assertThat(html).contains("value=\"5&quot;&gt;&lt;script&gt;\"", "Too short");
    assertThat(html).contains("value=\"EE\" selected", "data-example=\"5123 4567\"");
    assertThat(html).contains("Estonia (\u2066+372\u2069)");
    assertThat(html).doesNotContain("name=\"cancel-aia\"", "authenticator application");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aNumberThatIsReplacedIsShownMaskedAndTheStrongerWayIsNamed(String theme) {
    String html =
        Pages.number(
                theme,
                Map.of(
                    "currentMasked",
                    "+372 •••• 045",
                    "strongerOffered",
                    true,
                    "appInitiated",
                    true))
            .render(NUMBER);

    assertThat(html).contains("Your number is \u2066+372\u00a0••••\u00a0045\u2069.");
    assertThat(html).contains("an authenticator application or a passkey", "name=\"cancel-aia\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aNumberThatIsAnotherAccountsIsNotSpokenOf(String theme) {
    String html =
        Pages.code(theme, Map.of("locked", true, "otherWaysSuggested", true))
            .with("smspmRefused", true)
            .with("auth", new OtherWays())
            .render(CODE);

    assertThat(html)
        .contains("We cannot send a code right now.", "name=\"tryAnotherWay\"")
        .doesNotContain("too many wrong codes", "045", "name=\"code\"", "name=\"resend\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aNumberIsConfirmedByAButtonAndPutOffOnlyInTrouble(String theme) {
    String html = Pages.confirm(theme, false).render("smspm-confirm-number.ftl");

    assertThat(html)
        .containsSubsequence(
            "You confirmed \u2066+372\u00a0••••\u00a0045\u2069 some time ago.",
            "name=\"confirmNumber\"",
            "name=\"changeNumber\"")
        .doesNotContain("name=\"later\"");
    assertThat(Pages.confirm(theme, true).render("smspm-confirm-number.ftl"))
        .contains("name=\"later\"", "We can send a code to \u2066+372\u00a0••••\u00a0045\u2069.")
        .doesNotContain("name=\"changeNumber\"", "new number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void beforeAChangeANumberIsConfirmedOrTheChangeGivenUp(String theme) {
    assertThat(Pages.confirmBeforeChange(theme).render("smspm-confirm-number.ftl"))
        .containsSubsequence(
            "Change your mobile number",
            "Your number is \u2066+372\u00a0••••\u00a0045\u2069.",
            "We can send a code to \u2066+372\u00a0••••\u00a0045\u2069.",
            "name=\"confirmNumber\"",
            "name=\"cancel-aia\"")
        .doesNotContain("name=\"changeNumber\"", "name=\"later\"", "still your number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aReminderHasAButtonForEachWayAndOneForNone(String theme) {
    String html = Pages.anotherWay(theme).render("smspm-another-way.ftl");

    assertThat(html)
        .containsSubsequence(
            "name=\"way\" value=\"CONFIGURE_TOTP\"",
            "Authenticator Application</button>",
            "Recovery Authentication Code</button>",
            "name=\"later\"");
  }

  /** What the layouts ask of Keycloak's own bean. */
  public static final class OtherWays {
    public boolean showTryAnotherWayLink() {
      return true;
    }

    public boolean showUsername() {
      return false;
    }

    public List<Map<String, String>> getAuthenticationSelections() {
      return List.of(
          Map.of("authExecId", "sms", "displayName", "smspm-phone-display-name"),
          Map.of("authExecId", "totp", "displayName", "otp-display-name"));
    }

    public boolean showResetCredentials() {
      return false;
    }
  }
}
