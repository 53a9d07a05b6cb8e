package com.smspm.keycloak.rest;

import com.smspm.keycloak.challenge.UserLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * An admin who unlocks a user in Keycloak's own console means the wrong codes too. Keycloak tells
 * of it only where its brute-force detection had counted something; {@link AdminResource} works
 * always.
 */
public final class UnlockListener implements EventListenerProviderFactory {

  private static final Pattern UNLOCKED_USER =
      Pattern.compile("attack-detection/brute-force/users/([^/]+)");

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public EventListenerProvider create(KeycloakSession session) {
    return new EventListenerProvider() {
      @Override
      public void onEvent(Event event) {
        // Only admins unlock
      }

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.USER_LOGIN_FAILURE
            && event.getOperationType() == OperationType.DELETE
            && event.getResourcePath() != null) {
          Matcher matcher = UNLOCKED_USER.matcher(event.getResourcePath());
          if (matcher.matches()) {
            clear(session, event.getRealmId(), matcher.group(1));
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  private static void clear(KeycloakSession session, String realmId, String userId) {
    RealmModel realm = session.realms().getRealm(realmId);
    UserModel user = realm == null ? null : session.users().getUserById(realm, userId);
    if (user != null) {
      UserLock.clear(session, realm, user);
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
    return "smspm-unlock";
  }
}
