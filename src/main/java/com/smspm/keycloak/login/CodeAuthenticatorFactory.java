package com.smspm.keycloak.login;

import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.settings.CodeSettings;
import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** The code step, as admins add it to a flow. */
public final class CodeAuthenticatorFactory extends StepFactory {

  static final String ID = "smspm-code";

  private static final CodeAuthenticator SINGLETON = new CodeAuthenticator();

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
    return "SMS code (SMSPM)";
  }

  @Override
  public String getHelpText() {
    return "Sends a one-time code to the user's proven mobile number and asks for it.";
  }

  @Override
  public String getReferenceCategory() {
    return PhoneCredential.TYPE;
  }

  @Override
  public boolean isUserSetupAllowed() {
    return true;
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return CodeSettings.stepProperties();
  }
}
