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
  void aLiveCodeHasOneFieldThatPhonesCanFill(String theme) {
    String html = codePage(theme, Map.of("live", true, "secondsValid", 65L)).render(CODE);

    assertThat(html).containsOnlyOnce("name=\"code\"");
    assertThat(html).contains("autocomplete=\"one-time-code\"", "inputmode=\"numeric\"");
    assertThat(html).contains("We sent a code of 6 digits to", "Time left for this code: 1:05");
    assertThat(html).doesNotContain("pattern=", "name=\"resend\"", "name=\"changeNumber\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void withoutALiveCodeThereIsNothingToTypeInto(String theme) {
    String html =
        codePage(theme, Map.of("resendPossible", true, "secondsUntilResend", 9L)).render(CODE);

    assertThat(html).doesNotContain("name=\"code\"");
    assertThat(html).contains("name=\"resend\" value=\"true\"", "New code possible in: 0:09");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void usedUpAttemptsLeaveOnlyTheWayBackToTheStart(String theme) {
    String html = codePage(theme, Map.of("exhausted", true)).render(CODE);

    assertThat(html).contains("There were too many wrong codes.", "href=\"/restart\"");
    assertThat(html).doesNotContain("name=\"code\"", "name=\"resend\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aPauseLeavesNothingToEnterOrToSend(String theme) {
    String html =
        codePage(theme, Map.of("locked", true, "live", false, "resendPossible", false))
            .render(CODE);

    assertThat(html).contains("are paused").doesNotContain("name=\"code\"", "name=\"resend\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aFailedMessageIsNotCalledSent(String theme) {
    String html =
        codePage(theme, Map.of("live", true, "sendingFailed", true, "resendPossible", true))
            .render(CODE);

    assertThat(html).contains("We could not send the message.").doesNotContain("We sent a code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void anErrorStandsAtTheFieldAndIsReadWithIt(String theme) {
    String html =
        codePage(theme, Map.of("live", true)).withError("code", "No <b> here").render(CODE);

    assertThat(html).contains("No &lt;b&gt; here", "aria-invalid=\"true\"");
    assertThat(html).contains("aria-describedby=\"smspm-code-error smspm-lead\"");
    assertThat(html).contains("id=\"smspm-code-error\"", "id=\"smspm-lead\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void enterPressesTheFirstButtonSoThatIsTheOneThatSubmitsTheCode(String theme) {
    String html =
        codePage(
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
            "name=\"changeNumber\"",
            "name=\"cancel-aia\" value=\"true\" formnovalidate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void theOtherWaysHaveAButtonWhereKeycloaksOwnLinkIsDead(String theme) {
    String html = codePage(theme, Map.of("live", true)).with("auth", new OtherWays()).render(CODE);

    assertThat(html.substring(html.indexOf("<noscript>"), html.indexOf("</noscript>")))
        .contains("name=\"tryAnotherWay\" value=\"on\"", "<button type=\"submit\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void theNumberPageShowsWhatWasTyped(String theme) {
    String html =
        numberPage(theme, Map.of("phoneNumber", "5\"><script>"))
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
        numberPage(
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

  private static Page codePage(String theme, Map<String, Object> different) {
    Map<String, Object> bean = new HashMap<>();
    bean.put("maskedNumber", "+372 •••• 045");
    bean.put("codeLength", 6);
    bean.put("live", false);
    bean.put("secondsValid", 0L);
    bean.put("secondsUntilResend", 0L);
    bean.put("resendPossible", false);
    bean.put("changeNumberPossible", false);
    bean.put("exhausted", false);
    bean.put("locked", false);
    bean.put("sendingFailed", false);
    bean.put("appInitiated", false);
    bean.put("askSignOutOthers", false);
    bean.put("selfSubmit", true);
    bean.putAll(different);
    return new Page(theme).with("smspm", bean);
  }

  private static Page numberPage(String theme, Map<String, Object> different) {
    Map<String, Object> bean = new HashMap<>();
    bean.put("country", "EE");
    bean.put("phoneNumber", "");
    bean.put(
        "countries",
        List.of(
            Map.of("iso", "EE", "name", "Estonia", "callingCode", "372", "example", "5123 4567"),
            Map.of("iso", "DE", "name", "Germany", "callingCode", "49", "example", "")));
    bean.put("example", "5123 4567");
    bean.put("currentMasked", "");
    bean.put("strongerOffered", false);
    bean.put("appInitiated", false);
    bean.putAll(different);
    return new Page(theme).with("smspmNumber", bean);
  }

  /** What the layouts ask of Keycloak's own bean. */
  public static final class OtherWays {
    public boolean showTryAnotherWayLink() {
      return true;
    }

    public boolean showUsername() {
      return false;
    }

    public boolean showResetCredentials() {
      return false;
    }
  }
}
