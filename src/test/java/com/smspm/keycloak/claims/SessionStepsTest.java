package com.smspm.keycloak.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which values of amr follow from what was shown, in seconds of one session. */
class SessionStepsTest {

  @Test
  void oneFactorIsNamedAndIsNotSeveral() {
    assertThat(methods(Map.of(Factor.PASSWORD, 1))).containsExactly("pwd");
    assertThat(methods(Map.of(Factor.SMS, 1))).containsExactly("sms");
    assertThat(methods(Map.of(Factor.KEY, 1))).containsExactly("pop");
  }

  @Test
  void aCodeBehindAnotherFactorMakesSeveral() {
    assertThat(methods(Map.of(Factor.PASSWORD, 1, Factor.SMS, 2)))
        .containsExactly("pwd", "sms", "mfa");
    assertThat(methods(Map.of(Factor.PASSWORD_OR_PASSKEY, 1, Factor.SMS, 2)))
        .containsExactly("sms", "mfa");
    assertThat(methods(Map.of(Factor.IDENTITY_PROVIDER, 1, Factor.SMS, 2)))
        .containsExactly("sms", "mfa");
    assertThat(methods(Map.of(Factor.PASSWORD, 1, Factor.RECOVERY_CODE, 2)))
        .containsExactly("pwd", "mfa");
  }

  @Test
  void aNumberThatWasSetUpInTheSessionIsShownButIsNoSecondFactor() {
    assertThat(new SessionSteps(Map.of(Factor.PASSWORD, 1), Optional.of(2)).methods())
        .containsExactly("pwd", "sms");
    assertThat(
            new SessionSteps(Map.of(Factor.PASSWORD, 1, Factor.SMS, 3), Optional.of(2)).methods())
        .containsExactly("pwd", "sms");
  }

  @Test
  void aCodeToTheNumberBeforeCountsThoughItWasChangedLater() {
    assertThat(
            new SessionSteps(Map.of(Factor.PASSWORD, 1, Factor.SMS, 2), Optional.of(3)).methods())
        .containsExactly("pwd", "sms", "mfa");
  }

  @Test
  void aPasswordOfOursTakesThePlaceOfAnIdentityProvidersLogin() {
    assertThat(methods(Map.of(Factor.PASSWORD, 2, Factor.IDENTITY_PROVIDER, 1)))
        .containsExactly("pwd");
  }

  @Test
  void nothingIsSaidOfWhatIsNotKnown() {
    assertThat(methods(Map.of())).isEmpty();
    assertThat(methods(Map.of(Factor.KERBEROS, 1))).isEmpty();
  }

  private static List<String> methods(Map<Factor, Integer> shown) {
    return new SessionSteps(shown, Optional.empty()).methods();
  }
}
