package com.smspm.keycloak.credential;

import java.util.Map;
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

/**
 * Keycloak's consoles delete credentials without asking the provider they belong to, and profiles
 * are saved with whatever attributes were sent, so the mirror is put right when Keycloak tells of
 * it. Listens in every realm, without being configured.
 */
public final class MirrorListener implements EventListenerProviderFactory {

  private static final Pattern USER = Pattern.compile("users/([^/]+)");
  private static final Pattern USERS_CREDENTIALS =
      Pattern.compile("users/([^/]+)/credentials/([^/]+)(?:/.*)?");

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
          Map<String, String> details = event.getDetails() == null ? Map.of() : event.getDetails();
          Removal.of(session, event.getRealmId(), event.getUserId())
              .ifPresent(it -> it.told(idIn(details), details));
        } else if (event.getType() == EventType.UPDATE_PROFILE) {
          restore(session, event.getRealmId(), event.getUserId());
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
          Map<String, String> details = event.getDetails() == null ? Map.of() : event.getDetails();
          Removal.of(session, event.getRealmId(), credential.group(1))
              .ifPresent(it -> it.told(credential.group(2), details));
        } else if (event.getOperationType() == OperationType.UPDATE && user.matches()) {
          restore(session, event.getRealmId(), user.group(1));
        }
      }

      @Override
      public void close() {}
    };
  }

  /** The account's REST and the action that deletes a credential name it differently. */
  private static String idIn(Map<String, String> details) {
    return details.getOrDefault(Details.SELECTED_CREDENTIAL_ID, details.get(Details.CREDENTIAL_ID));
  }

  private static void restore(KeycloakSession session, String realmId, String userId) {
    RealmModel realm = session.realms().getRealm(realmId);
    UserModel user = realm == null ? null : session.users().getUserById(realm, userId);
    if (user != null) {
      AttributeMirror.restore(user);
      SealedNumber.restore(session, realm, user);
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
