package com.smspm.keycloak.credential;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
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

/**
 * Keycloak's consoles delete credentials without asking the provider they belong to, and profiles
 * are saved with whatever attributes were sent, so the mirror is put right when Keycloak tells of
 * it. Listens in every realm, without being configured.
 */
public final class MirrorListener implements EventListenerProviderFactory {

  private static final Pattern USER = Pattern.compile("users/([^/]+)");
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
        if (event.getUserId() == null) {
          return;
        }
        if (event.getType() == EventType.REMOVE_CREDENTIAL) {
          mirror(session, event.getRealmId(), event.getUserId(), AttributeMirror::update);
        } else if (event.getType() == EventType.UPDATE_PROFILE) {
          mirror(session, event.getRealmId(), event.getUserId(), AttributeMirror::restore);
        }
      }

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        String path = event.getResourcePath();
        if (event.getResourceType() != ResourceType.USER || path == null) {
          return;
        }
        Matcher credential = USERS_CREDENTIALS.matcher(path);
        Matcher user = USER.matcher(path);
        if (credential.matches()) {
          mirror(session, event.getRealmId(), credential.group(1), AttributeMirror::update);
        } else if (event.getOperationType() == OperationType.UPDATE && user.matches()) {
          mirror(session, event.getRealmId(), user.group(1), AttributeMirror::restore);
        }
      }

      @Override
      public void close() {}
    };
  }

  private static void mirror(
      KeycloakSession session, String realmId, String userId, Consumer<UserModel> how) {
    RealmModel realm = session.realms().getRealm(realmId);
    UserModel user = realm == null ? null : session.users().getUserById(realm, userId);
    if (user != null) {
      how.accept(user);
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
    return "smspm-attribute-mirror";
  }
}
