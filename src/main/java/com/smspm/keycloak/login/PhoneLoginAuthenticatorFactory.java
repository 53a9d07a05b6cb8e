package com.smspm.keycloak.login;

import com.smspm.keycloak.settings.PhoneLoginSettings;
import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** The phone login, as admins add it to a flow beside passwords. */
public final class PhoneLoginAuthenticatorFactory extends StepFactory {

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
  public List<ProviderConfigProperty> getConfigProperties() {
    return PhoneLoginSettings.stepProperties();
  }
}
