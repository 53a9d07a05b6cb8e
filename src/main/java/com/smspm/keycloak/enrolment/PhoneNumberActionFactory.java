package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.settings.AccountSettings;
import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.RealmSettings;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** The required action, and behind its gear the settings of the realm. */
public final class PhoneNumberActionFactory
    implements RequiredActionFactory, CredentialRegistrator {

  static final String ID = AccountSettings.REALM_SETTINGS_ALIAS;

  private static final PhoneNumberAction SINGLETON = new PhoneNumberAction();

  private final ProviderEventListener listener = OtherSessions::hear;
  private KeycloakSessionFactory registeredWith;

  @Override
  public RequiredActionProvider create(KeycloakSession session) {
    return SINGLETON;
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public String getDisplayText() {
    return "Set up mobile number (SMSPM)";
  }

  @Override
  public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authSession) {
    return PhoneCredential.TYPE;
  }

  @Override
  public List<ProviderConfigProperty> getConfigMetadata() {
    List<ProviderConfigProperty> properties = new ArrayList<>(MAX_AUTH_AGE_CONFIG_PROPERTIES);
    properties.addAll(RealmSettings.properties());
    return properties;
  }

  @Override
  public void validateConfig(
      KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
    RequiredActionFactory.super.validateConfig(session, realm, model);
    try {
      RealmSettings.read(model.getConfig());
    } catch (InvalidSettings e) {
      throw new ValidationException(new ValidationError(ID, e.setting(), e.getMessage()));
    }
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    factory.register(listener);
    registeredWith = factory;
  }

  @Override
  public void close() {
    if (registeredWith != null) {
      registeredWith.unregister(listener);
    }
  }
}
