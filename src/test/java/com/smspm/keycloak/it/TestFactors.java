package com.smspm.keycloak.it;

import java.util.List;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.utils.TimeBasedOTP;
import org.keycloak.representations.idm.CredentialRepresentation;

/** Keycloak's own second factors, as users have them beside a number. */
final class TestFactors {

  static final String RECOVERY_CODE = "ABCD2345EFGH";

  private static final String SECRET = "OnlyForTheseTests123";
  private static final int DIGITS = 6;
  private static final int SECONDS = 30;
  private static final String ALGORITHM = "HmacSHA1";

  private TestFactors() {}

  static CredentialRepresentation totp() {
    return representation(OTPCredentialModel.createTOTP(SECRET, DIGITS, SECONDS, ALGORITHM));
  }

  /** What an authenticator application shows now. */
  static String totpCode() {
    return totpCode(SECRET);
  }

  /** What one with this secret shows now. */
  static String totpCode(String secret) {
    return new TimeBasedOTP(ALGORITHM, DIGITS, SECONDS, 1).generateTOTP(secret);
  }

  static CredentialRepresentation recoveryCodes() {
    return representation(
        RecoveryAuthnCodesCredentialModel.createFromValues(
            List.of(RECOVERY_CODE, "JKLM6789NPQR"), System.currentTimeMillis(), null));
  }

  private static CredentialRepresentation representation(CredentialModel model) {
    CredentialRepresentation representation = new CredentialRepresentation();
    representation.setType(model.getType());
    representation.setCredentialData(model.getCredentialData());
    representation.setSecretData(model.getSecretData());
    return representation;
  }
}
