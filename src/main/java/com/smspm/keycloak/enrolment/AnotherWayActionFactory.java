package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.ReminderSettings;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** The reminder that SMS should not be the only second factor. Off until a realm registers it. */
public final class AnotherWayActionFactory implements RequiredActionFactory {

  static final String ID = ReminderSettings.ALIAS;

  private static final AnotherWayAction SINGLETON = new AnotherWayAction();

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
    return "Remind of another way to sign in (SMSPM)";
  }

  /** No maximum age of authentication: no application can ask for this action. */
  @Override
  public List<ProviderConfigProperty> getConfigMetadata() {
    return ReminderSettings.properties();
  }

  @Override
  public void validateConfig(
      KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
    RequiredActionFactory.super.validateConfig(session, realm, model);
    try {
      ReminderSettings.read(model.getConfig());
    } catch (InvalidSettings e) {
      throw new ValidationException(new ValidationError(ID, e.setting(), e.getMessage()));
    }
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}
}
