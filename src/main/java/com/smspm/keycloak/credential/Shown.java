package com.smspm.keycloak.credential;

import java.util.LinkedHashSet;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.browser.UsernameFormFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;

/** The types of the credentials that were shown in a login. */
public final class Shown {

  private static final String COUNTED_AS = "smspm.counted-as";

  private Shown() {}

  /**
   * Has Keycloak count this login as one with a credential of a type that was not shown, which it
   * asks for where it counts failures.
   */
  public static void countAs(AuthenticationSessionModel login, String type) {
    if (!AuthenticatorUtil.getAuthnCredentials(login).contains(type)) {
      login.setAuthNote(COUNTED_AS, type);
    }
    AuthenticatorUtil.addAuthCredential(login, type);
  }

  /**
   * What was really shown; empty where a session goes on, or an identity provider has asked.
   * Keycloak's form for a name alone says that it has seen a password, so that is believed only
   * where another step was there to ask for it.
   */
  public static Set<String> in(KeycloakSession session, AuthenticationSessionModel login) {
    Set<String> shown = new LinkedHashSet<>(AuthenticatorUtil.getAuthnCredentials(login));
    shown.remove(login.getAuthNote(COUNTED_AS));
    if (shown.contains(PasswordCredentialModel.TYPE)
        && login.getExecutionStatus().entrySet().stream()
            .filter(it -> it.getValue() == ExecutionStatus.SUCCESS)
            .noneMatch(it -> hasAskedForPassword(session, login, it.getKey()))) {
      shown.remove(PasswordCredentialModel.TYPE);
    }
    return shown;
  }

  private static boolean hasAskedForPassword(
      KeycloakSession session, AuthenticationSessionModel login, String execution) {
    AuthenticationExecutionModel step = login.getRealm().getAuthenticationExecutionById(execution);
    return step != null
        && step.getAuthenticator() != null
        && !UsernameFormFactory.PROVIDER_ID.equals(step.getAuthenticator())
        && session
                .getKeycloakSessionFactory()
                .getProviderFactory(Authenticator.class, step.getAuthenticator())
            instanceof AuthenticatorFactory factory
        && PasswordCredentialModel.TYPE.equals(factory.getReferenceCategory());
  }
}
