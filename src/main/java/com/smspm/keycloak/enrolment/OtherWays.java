package com.smspm.keycloak.enrolment;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;

/** The second steps beside codes by SMS that a realm's users can set up, and can then use. */
final class OtherWays {

  /** One of Keycloak's own. */
  enum Way {
    TOTP("otp", "CONFIGURE_TOTP", "otp-display-name"),
    SECURITY_KEY("webauthn", "webauthn-register", "webauthn-display-name"),
    PASSKEY(
        "webauthn-passwordless",
        "webauthn-register-passwordless",
        "webauthn-passwordless-display-name"),
    RECOVERY_CODES(
        "recovery-authn-codes",
        "CONFIGURE_RECOVERY_AUTHN_CODES",
        "recovery-authn-codes-display-name");

    private final String credential;
    private final String action;
    private final String label;

    Way(String credential, String action, String label) {
      this.credential = credential;
      this.action = action;
      this.label = label;
    }

    String action() {
      return action;
    }

    /** A key of Keycloak's own texts. */
    String label() {
      return label;
    }
  }

  private final KeycloakSession session;
  private final RealmModel realm;

  OtherWays(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** Whether the user has one already. */
  static boolean has(UserModel user) {
    return Stream.of(Way.values())
        .anyMatch(way -> user.credentialManager().isConfiguredFor(way.credential));
  }

  /** Those that the browser flow asks for, and whose setting up is on; of like names the first. */
  List<Way> offered() {
    Set<String> asked = askedFor();
    Set<Way> ways = EnumSet.noneOf(Way.class);
    for (Way way : Way.values()) {
      if (asked.contains(way.credential) && isOn(way)) {
        ways.add(way);
      }
    }
    if (ways.contains(Way.PASSKEY)) {
      ways.remove(Way.SECURITY_KEY);
    }
    return List.copyOf(ways);
  }

  private boolean isOn(Way way) {
    RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(way.action);
    return action != null && action.isEnabled();
  }

  private Set<String> askedFor() {
    Set<String> credentials = new HashSet<>();
    AuthenticationFlowModel flow = realm.getBrowserFlow();
    if (flow != null) {
      collect(flow.getId(), credentials, new HashSet<>());
    }
    return credentials;
  }

  private void collect(String flowId, Set<String> credentials, Set<String> seen) {
    if (!seen.add(flowId)) {
      return;
    }
    realm
        .getAuthenticationExecutionsStream(flowId)
        .filter(execution -> execution.getRequirement() != Requirement.DISABLED)
        .forEach(
            execution -> {
              if (execution.isAuthenticatorFlow()) {
                collect(execution.getFlowId(), credentials, seen);
              } else {
                add(execution, credentials);
              }
            });
  }

  private void add(AuthenticationExecutionModel execution, Set<String> credentials) {
    if (execution.getAuthenticator() != null
        && session
                .getKeycloakSessionFactory()
                .getProviderFactory(Authenticator.class, execution.getAuthenticator())
            instanceof AuthenticatorFactory factory
        && factory.getReferenceCategory() != null) {
      credentials.add(factory.getReferenceCategory());
    }
  }
}
