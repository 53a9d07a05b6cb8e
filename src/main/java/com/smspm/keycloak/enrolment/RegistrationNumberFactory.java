package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.settings.SignUpSettings;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormActionFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** The registration step, as admins add it to the form of a registration flow. */
public final class RegistrationNumberFactory implements FormActionFactory {

  static final String ID = "smspm-registration";

  private static final RegistrationNumber SINGLETON = new RegistrationNumber();
  private static final Requirement[] CHOICES = {Requirement.REQUIRED, Requirement.DISABLED};

  @Override
  public FormAction create(KeycloakSession session) {
    return SINGLETON;
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getDisplayType() {
    return "Mobile number (SMSPM)";
  }

  @Override
  public String getHelpText() {
    return "Checks the number in the field phoneNumber, and has it proven by a code before the"
        + " account can be used. Stands after the creation of the user.";
  }

  @Override
  public String getReferenceCategory() {
    return null;
  }

  @Override
  public boolean isConfigurable() {
    return true;
  }

  @Override
  public Requirement[] getRequirementChoices() {
    return CHOICES.clone();
  }

  @Override
  public boolean isUserSetupAllowed() {
    return false;
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return SignUpSettings.properties();
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}
}
