package com.smspm.keycloak.login;

import com.smspm.keycloak.settings.PhoneLoginSettings;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** The phone login, as admins add it to a flow beside passwords. */
public final class PhoneLoginAuthenticatorFactory implements AuthenticatorFactory {

  static final String ID = "smspm-phone-login";

  private static final PhoneLoginAuthenticator SINGLETON = new PhoneLoginAuthenticator();

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
    return "Phone login (SMSPM)";
  }

  @Override
  public String getHelpText() {
    return "Asks for a mobile number and a code sent to it; logs in whoever has proven that number.";
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
    return REQUIREMENT_CHOICES;
  }

  @Override
  public boolean isUserSetupAllowed() {
    return false;
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return PhoneLoginSettings.stepProperties();
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}
}
