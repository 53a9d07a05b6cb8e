package com.smspm.keycloak.credential;

import java.util.Optional;
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
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Remembers what was set up on the word of a number alone: a password or another factor, after a
 * code, or in a login or a session that a code has begun and nothing else stands behind. Of a
 * password it is forgotten with the next one that is set after a mail, behind another factor, or by
 * an admin. Listens in every realm, without being configured.
 */
public final class SetByNumberListener implements EventListenerProviderFactory {

  private static final String NOTE = "smspm.reset-alone";
  private static final String ACCEPTED = "accepted";
  private static final Pattern USER = Pattern.compile("users/([^/]+)(/reset-password)?");

  /** The password that is set in this authentication session next is on the number's word. */
  public static void expect(AuthenticationSessionModel authSession, UserModel user) {
    authSession.setAuthNote(NOTE, user.getId());
  }

  /** The same, and the admin accepts it: nothing is remembered. */
  public static void accept(AuthenticationSessionModel authSession) {
    authSession.setAuthNote(NOTE, ACCEPTED);
  }

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public EventListenerProvider create(KeycloakSession session) {
    return new EventListenerProvider() {
      @Override
      public void onEvent(Event event) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (event.getUserId() != null && login != null) {
          user(session, event.getRealmId(), event.getUserId())
              .map(user -> new Proofs(session, login, user))
              .ifPresent(proofs -> told(proofs, event));
        }
      }

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.USER && event.getResourcePath() != null) {
          Matcher user = USER.matcher(event.getResourcePath());
          if (user.matches()) {
            user(session, event.getRealmId(), user.group(1))
                .ifPresent(
                    user.group(2) == null
                        ? SetByNumber::forgetReplacedPassword
                        : SetByNumber::forgetPassword);
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  private static void told(Proofs proofs, Event event) {
    if (event.getType() == EventType.LOGIN && event.getSessionId() != null) {
      Optional.ofNullable(
              proofs
                  .session()
                  .sessions()
                  .getUserSession(proofs.login().getRealm(), event.getSessionId()))
          .ifPresent(proofs::keepIn);
    } else if (isCredential(event)) {
      try {
        set(proofs, credentialType(event));
      } catch (RuntimeException e) {
        // Keycloak would go on without this listener, and with a password that nothing is known of
        proofs.session().getTransactionManager().setRollbackOnly();
        throw e;
      }
    }
  }

  private static void set(Proofs proofs, String type) {
    String expected = proofs.login().getAuthNote(NOTE);
    boolean byNumber =
        expected == null ? proofs.isNumberAlone() : proofs.user().getId().equals(expected);
    if (byNumber) {
      SetByNumber.remember(proofs.user(), type);
    } else if (PasswordCredentialModel.TYPE.equals(type) && proofs.isBehindFactor()) {
      SetByNumber.forgetPassword(proofs.user());
    }
  }

  private static boolean isCredential(Event event) {
    return event.getType() == EventType.UPDATE_CREDENTIAL
        && event.getDetails() != null
        && credentialType(event) != null
        && !PhoneCredential.TYPE.equals(credentialType(event));
  }

  private static String credentialType(Event event) {
    return event.getDetails().get(Details.CREDENTIAL_TYPE);
  }

  private static Optional<UserModel> user(KeycloakSession session, String realmId, String userId) {
    RealmModel realm = session.realms().getRealm(realmId);
    return Optional.ofNullable(realm).map(it -> session.users().getUserById(it, userId));
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "smspm-set-by-number";
  }
}
