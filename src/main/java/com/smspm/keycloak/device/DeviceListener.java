package com.smspm.keycloak.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Ends trust in all devices with a new password. Where passwords are Keycloak's own, a device shows
 * that by itself on its next use; this is for those that it hands on to an LDAP server, and so that
 * nobody sees a device in a list that is worth nothing. Listens in every realm, without being
 * configured.
 */
public final class DeviceListener implements EventListenerProviderFactory {

  private static final Pattern RESET = Pattern.compile("users/([^/]+)/reset-password");

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public EventListenerProvider create(KeycloakSession session) {
    return new EventListenerProvider() {
      @Override
      public void onEvent(Event event) {
        if (event.getType() == EventType.UPDATE_CREDENTIAL
            && event.getUserId() != null
            && event.getDetails() != null
            && PasswordCredentialModel.TYPE.equals(
                event.getDetails().get(Details.CREDENTIAL_TYPE))) {
          forget(session, event.getRealmId(), event.getUserId());
        }
      }

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.USER
            && event.getOperationType() == OperationType.ACTION
            && event.getResourcePath() != null) {
          Matcher reset = RESET.matcher(event.getResourcePath());
          if (reset.matches()) {
            forget(session, event.getRealmId(), reset.group(1));
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  private static void forget(KeycloakSession session, String realmId, String userId) {
    RealmModel realm = session.realms().getRealm(realmId);
    UserModel user = realm == null ? null : session.users().getUserById(realm, userId);
    if (user != null) {
      TrustedDeviceProvider.forgetAll(user);
    }
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "smspm-trusted-devices";
  }
}
