package com.smspm.keycloak.device;

import com.smspm.keycloak.credential.PhoneCredential;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Ends trust in a user's devices with a new password, and with another number or none. A device
 * shows that by itself on its next use; this is for passwords that Keycloak hands on to an LDAP
 * server, and so that nobody sees a device in a list that is worth nothing. Listens in every realm,
 * without being configured.
 */
public final class DeviceListener implements EventListenerProviderFactory {

  private static final Pattern RESET = Pattern.compile("users/([^/]+)/reset-password");
  private static final Pattern CREDENTIAL = Pattern.compile("users/([^/]+)/credentials/[^/]+");

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public EventListenerProvider create(KeycloakSession session) {
    return new EventListenerProvider() {
      @Override
      public void onEvent(Event event) {
        if (event.getUserId() == null || event.getDetails() == null) {
          return;
        }
        String credential = event.getDetails().get(Details.CREDENTIAL_TYPE);
        if (event.getType() == EventType.UPDATE_CREDENTIAL
            && PasswordCredentialModel.TYPE.equals(credential)) {
          of(session, event.getRealmId(), event.getUserId(), TrustedDeviceProvider::forgetAll);
        } else if ((event.getType() == EventType.UPDATE_CREDENTIAL
                || event.getType() == EventType.REMOVE_CREDENTIAL)
            && PhoneCredential.TYPE.equals(credential)) {
          of(session, event.getRealmId(), event.getUserId(), TrustedDeviceProvider::forgetOutdated);
        }
      }

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        String path = event.getResourcePath();
        if (event.getResourceType() != ResourceType.USER || path == null) {
          return;
        }
        Matcher reset = RESET.matcher(path);
        Matcher credential = CREDENTIAL.matcher(path);
        if (reset.matches()) {
          of(session, event.getRealmId(), reset.group(1), TrustedDeviceProvider::forgetAll);
        } else if (credential.matches()) {
          of(
              session,
              event.getRealmId(),
              credential.group(1),
              TrustedDeviceProvider::forgetOutdated);
        }
      }

      @Override
      public void close() {}
    };
  }

  private static void of(
      KeycloakSession session, String realmId, String userId, Consumer<UserModel> forget) {
    RealmModel realm = session.realms().getRealm(realmId);
    UserModel user = realm == null ? null : session.users().getUserById(realm, userId);
    if (user != null) {
      forget.accept(user);
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
