package com.smspm.keycloak.claims;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.ConfigurableAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Which factor a step of a flow stands for. */
final class Steps {

  /** By the names that every flow refers to: the steps themselves live in other rooms. */
  private static final Map<String, Factor> BY_ID =
      Map.of(
          "smspm-code", Factor.SMS,
          "smspm-phone-login", Factor.SMS,
          "smspm-reset", Factor.SMS,
          "auth-x509-client-username-form", Factor.KEY,
          "direct-grant-auth-x509-username", Factor.KEY,
          "auth-spnego", Factor.KERBEROS);

  /**
   * What Keycloak counts among the passwords and one-time codes though it asks for none: the form
   * for the name alone, and a form that passes users by as an admin's rules say.
   */
  private static final Set<String> PROVE_NOTHING =
      Set.of("auth-username-form", "auth-conditional-otp-form");

  /** Keycloak's names of credential types, which steps refer to. */
  private static final Map<String, Factor> BY_CATEGORY =
      Map.of(
          PasswordCredentialModel.TYPE, Factor.PASSWORD,
          OTPCredentialModel.TYPE, Factor.OTP,
          WebAuthnCredentialModel.TYPE_TWOFACTOR, Factor.KEY,
          WebAuthnCredentialModel.TYPE_PASSWORDLESS, Factor.KEY,
          RecoveryAuthnCodesCredentialModel.TYPE, Factor.RECOVERY_CODE);

  private final KeycloakSession session;
  private final boolean passkeysInForms;

  Steps(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.passkeysInForms =
        Boolean.TRUE.equals(realm.getWebAuthnPolicyPasswordless().isPasskeysEnabled());
  }

  /**
   * @param provider id of the step's provider
   */
  Optional<Factor> factor(String provider) {
    if (provider == null || PROVE_NOTHING.contains(provider)) {
      return Optional.empty();
    }
    return Optional.ofNullable(BY_ID.get(provider))
        .or(() -> category(provider).map(BY_CATEGORY::get))
        .map(it -> it == Factor.PASSWORD && passkeysInForms ? Factor.PASSWORD_OR_PASSKEY : it);
  }

  private Optional<String> category(String provider) {
    return Optional.ofNullable(
            (ConfigurableAuthenticatorFactory)
                session
                    .getKeycloakSessionFactory()
                    .getProviderFactory(Authenticator.class, provider))
        .map(ConfigurableAuthenticatorFactory::getReferenceCategory);
  }
}
