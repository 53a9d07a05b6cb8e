package com.smspm.keycloak.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of doors where nobody is identified. */
class LoginPagesTest {

  private static final String NUMBER = "smspm-phone-login.ftl";
  private static final String CODE = "smspm-code.ftl";
  private static final String SECOND = "smspm-second-step.ftl";

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aNumberIsAskedForAsPhonesKnowIt(String theme) {
    String html = page(theme, false).render(NUMBER);

    assertThat(html).contains("type=\"tel\"", "autocomplete=\"tel\"", "Send code");
    assertThat(html).doesNotContain("rememberMe", "registration", "reset-credentials");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void aFieldForBothShowsLetters(String theme) {
    String html = page(theme, true).render(NUMBER);

    assertThat(html).contains("type=\"text\"", "autocomplete=\"username\"");
    assertThat(html).contains("Username or mobile number").doesNotContain("inputmode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void allThatKeycloaksPageLeadsToIsThere(String theme) {
    String html =
        page(theme, false)
            .with(
                "realm",
                Map.of(
                    "internationalizationEnabled", false,
                    "displayNameHtml", "Shop",
                    "registrationAllowed", true,
                    "resetPasswordAllowed", true,
                    "rememberMe", true))
            .with(
                "url",
                Map.of(
                    "resourcesPath", "/resources",
                    "resourcesCommonPath", "/resources/common",
                    "loginAction", "/action",
                    "loginRestartFlowUrl", "/restart",
                    "ssoLoginInOtherTabsUrl", "/sso",
                    "registrationUrl", "/registration",
                    "loginResetCredentialsUrl", "/reset-credentials"))
            .with(
                "social",
                Map.of(
                    "providers",
                    List.of(
                        Map.of("alias", "corp", "loginUrl", "/corp", "displayName", "Corp <b>"))))
            .render(NUMBER);

    assertThat(html).contains("name=\"rememberMe\"", "href=\"/reset-credentials\"");
    assertThat(html).contains("href=\"/registration\"", "href=\"/corp\"", "Corp &lt;b&gt;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void whoeverWaitsForACodeIsToldTheSame(String theme) {
    String typed = code(theme, Map.of("typedNumber", "+37256789045", "live", true));
    assertThat(typed).contains("If", "+37256789045", "belongs to an account");
    String named = code(theme, Map.of("live", true, "sentAgain", true));
    assertThat(named).contains("If there is such an account").doesNotContain("We sent");
    assertThat(code(theme, Map.of("secondsUntilResend", 9L))).contains("Please wait 9 seconds");
    assertThat(code(theme, Map.of("secondsUntilResend", 3560L))).contains("possible in: 59:20");
    assertThat(code(theme, Map.of("secondsUntilResend", 86_399L)))
        .contains("possible in: 23:59:59");
    assertThat(code(theme, Map.of())).contains("has expired").doesNotContain("We can send");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void ofTheMessageOnlyThatItIsBeingSentIsSaidAndCouldEverBe(String theme) {
    String html = code(theme, Map.of("live", true, "deliveryState", "queued"));

    assertThat(html).containsPattern("role=\"status\">\\s*The message is being sent…\\s*</p>");
    assertThat(html)
        .doesNotContain("smspm-status.", "data-path", "data-unknown", "on its way.")
        .doesNotContain("has arrived", "may take a while", "could not send");
    // Also if somebody gave it a path
    assertThat(
            code(theme, Map.of("live", true, "deliveryState", "queued", "deliveryPath", "/status")))
        .isEqualTo(html);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keycloak.v2", "keycloak"})
  void theOtherWaysOfASecondStepHaveTheirNames(String theme) {
    String html =
        new Page(theme)
            .with(
                "smspmSecond",
                Map.of(
                    "ways",
                    List.of(Map.of("authExecId", "totp", "displayName", "otp-display-name"))))
            .render(SECOND);

    assertThat(html).contains("value=\"totp\">Authenticator Application</button>");
  }

  private static String code(String theme, Map<String, Object> different) {
    Map<String, Object> bean = new java.util.HashMap<>(different);
    bean.put("veiled", true);
    bean.putIfAbsent("typedNumber", "");
    bean.put("maskedNumber", bean.get("typedNumber"));
    return Pages.code(theme, bean).render(CODE);
  }

  private static Page page(String theme, boolean usernames) {
    return Pages.number(theme, Map.of("usernames", usernames, "rememberMe", false));
  }
}
