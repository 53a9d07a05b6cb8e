package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.LoginDetails;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.settings.InvalidSettings;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Sets up or changes the number: the credential exists only once a code sent there was entered.
 *
 * <p>As a {@link CredentialRegistrator} it has Keycloak ask for the level at which the number is a
 * factor, before an application can have it changed: or a password alone would replace the factor
 * beside it.
 */
final class PhoneNumberAction implements RequiredActionProvider, CredentialRegistrator {

  private static final Logger LOG = Logger.getLogger(PhoneNumberAction.class);

  @Override
  public InitiatedActionSupport initiatedActionSupport() {
    return InitiatedActionSupport.SUPPORTED;
  }

  @Override
  public String getCredentialType(
      KeycloakSession session, AuthenticationSessionModel authenticationSession) {
    return PhoneCredential.TYPE;
  }

  /** Keycloak calls it in every request that may be the last of a login, which sends LOGIN. */
  @Override
  public void evaluateTriggers(RequiredActionContext context) {
    LoginDetails.tell(context.getAuthenticationSession(), context.getUser(), context.getEvent());
    NumberCare.take(context);
  }

  @Override
  public void requiredActionChallenge(RequiredActionContext context) {
    try {
      context.challenge(new NumberStep(context).firstPage());
    } catch (InvalidSettings e) {
      refuse(context, e);
    }
  }

  @Override
  public void processAction(RequiredActionContext context) {
    try {
      new NumberStep(context).answer().ifPresent(context::challenge);
    } catch (InvalidSettings e) {
      refuse(context, e);
    }
  }

  @Override
  public void close() {}

  private static void refuse(RequiredActionContext context, InvalidSettings problem) {
    LOG.errorf(
        "Realm %s: the required action %s refuses to run: %s",
        context.getRealm().getName(), PhoneNumberActionFactory.ID, problem.getMessage());
    context.getEvent().clone().event(EventType.UPDATE_CREDENTIAL).error(Errors.INVALID_CONFIG);
    context.challenge(
        context
            .form()
            .setError("smspmNotAvailable")
            .createErrorPage(Response.Status.SERVICE_UNAVAILABLE));
  }
}
