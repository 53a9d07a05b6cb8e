package com.smspm.keycloak.login;

import com.smspm.keycloak.device.TrustedDevices;
import com.smspm.keycloak.settings.DeviceSettings;
import java.time.Duration;
import org.keycloak.authentication.AuthenticationFlowContext;

/** The choice on the code page not to be asked on this device again. */
final class TrustOffer {

  private static final String FIELD = "trustDevice";

  private TrustOffer() {}

  /**
   * Before a message is sent.
   *
   * @throws com.smspm.keycloak.settings.InvalidSettings when its setting cannot be used
   */
  static void check(AuthenticationFlowContext context) {
    DeviceSettings.offered(context.getAuthenticatorConfig());
  }

  /**
   * For how long; zero where there is no choice: the admin wants none, the code is not a second
   * factor here, or nothing in this flow would make use of it.
   */
  static Duration of(AuthenticationFlowContext context) {
    Duration offered = DeviceSettings.offered(context.getAuthenticatorConfig());
    return !offered.isZero() && SecondStep.isBehindAnother(context) && isHonoured(context)
        ? offered
        : Duration.ZERO;
  }

  /** Whether the form that was just sent has chosen it. */
  static boolean isChosen(AuthenticationFlowContext context) {
    return context.getHttpRequest().getDecodedFormParameters().containsKey(FIELD);
  }

  /** After the right code, and never before. */
  static void accept(AuthenticationFlowContext context) {
    Duration life = of(context);
    if (!life.isZero() && isChosen(context)) {
      new TrustedDevices(context.getSession(), context.getRealm(), context.getEvent())
          .trust(context.getUser(), life);
    }
  }

  private static boolean isHonoured(AuthenticationFlowContext context) {
    return FlowTree.stepsIn(context.getRealm(), context.getTopLevelFlow().getId())
        .anyMatch(it -> TrustedDeviceConditionFactory.ID.equals(it.getAuthenticator()));
  }
}
