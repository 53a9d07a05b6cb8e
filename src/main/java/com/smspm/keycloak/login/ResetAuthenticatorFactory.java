package com.smspm.keycloak.login;

import com.smspm.keycloak.settings.ResetSettings;
import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** The reset by SMS, as admins add it to a flow that resets credentials. */
public final class ResetAuthenticatorFactory extends StepFactory {

  static final String ID = "smspm-reset";

  private static final ResetAuthenticator SINGLETON = new ResetAuthenticator();

  @Override
  public Authenticator create(KeycloakSession session) {
    return SINGLETON;
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getDisplayType() {
    return "Reset by SMS code (SMSPM)";
  }

  @Override
  public String getHelpText() {
    return "Asks who has forgotten a password for a code sent to the proven mobile number.";
  }

  @Override
  public Requirement[] getRequirementChoices() {
    return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return ResetSettings.stepProperties();
  }
}
