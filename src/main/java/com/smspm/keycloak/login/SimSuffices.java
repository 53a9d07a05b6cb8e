package com.smspm.keycloak.login;

import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.credential.SetByNumber;
import com.smspm.keycloak.settings.ResetSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Whether a code by SMS alone may replace a password: never where the SIM would be the account. */
final class SimSuffices {

  private static final List<String> SECOND_FACTORS =
      List.of(
          OTPCredentialModel.TYPE,
          WebAuthnCredentialModel.TYPE_TWOFACTOR,
          WebAuthnCredentialModel.TYPE_PASSWORDLESS,
          RecoveryAuthnCodesCredentialModel.TYPE);

  /** Of Keycloak's executions that begin like this, those that replace no second factor. */
  private static final String RESETS = "reset-";

  private static final List<String> HARMLESS =
      List.of("reset-credentials-choose-user", "reset-credential-email", "reset-password");

  private final RealmModel realm;
  private final UserModel user;
  private final String topFlow;
  private final ResetSettings settings;

  SimSuffices(RealmModel realm, UserModel user, ResetSettings settings) {
    this.realm = realm;
    this.user = user;
    this.topFlow = realm.getResetCredentialsFlow().getId();
    this.settings = settings;
  }

  boolean holds() {
    return (settings.simIsEnough() || hasOtherSecondFactor())
        && isNumberOldEnough()
        && !replacesSecondFactors();
  }

  private boolean hasOtherSecondFactor() {
    return SECOND_FACTORS.stream()
        .filter(user.credentialManager()::isConfiguredFor)
        .anyMatch(it -> !SetByNumber.isFactor(user, it));
  }

  private boolean isNumberOldEnough() {
    Optional<PhoneCredential> credential = PhoneCredentialProvider.find(user);
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    return credential
        .filter(it -> !it.verifiedAt().plus(settings.numberAge()).isAfter(now))
        .isPresent();
  }

  /** Keycloak's own reset flow has a step that sets up a new one-time password without the old. */
  private boolean replacesSecondFactors() {
    return FlowTree.stepsIn(realm, topFlow)
        .map(AuthenticationExecutionModel::getAuthenticator)
        .anyMatch(it -> it != null && it.startsWith(RESETS) && !HARMLESS.contains(it));
  }
}
