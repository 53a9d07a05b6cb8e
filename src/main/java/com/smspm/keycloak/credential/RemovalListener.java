package com.smspm.keycloak.credential;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
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

/**
 * Keycloak's consoles delete credentials without asking the provider they belong to, so the mirror
 * is put right when they tell of it. Listens in every realm, without being configured.
 */
public final class RemovalListener implements EventListenerProviderFactory {

  private static final Pattern USERS_CREDENTIALS = Pattern.compile("users/([^/]+)/credentials/.+");

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public EventListenerProvider create(KeycloakSession session) {
    return new EventListenerProvider() {
      @Override
      public void onEvent(Event event) {
        if (event.getType() == EventType.REMOVE_CREDENTIAL && event.getUserId() != null) {
          mirror(session, event.getRealmId(), event.getUserId());
        }
      }

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        String path = event.getResourcePath();
        if (event.getResourceType() == ResourceType.USER && path != null) {
          Matcher matcher = USERS_CREDENTIALS.matcher(path);
          if (matcher.matches()) {
            mirror(session, event.getRealmId(), matcher.group(1));
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  private static void mirror(KeycloakSession session, String realmId, String userId) {
    RealmModel realm = session.realms().getRealm(realmId);
    UserModel user = realm == null ? null : session.users().getUserById(realm, userId);
    if (user != null) {
      AttributeMirror.update(user);
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
    return "smspm-credential-removal";
  }
}
