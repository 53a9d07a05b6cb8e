package com.smspm.keycloak.credential;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Remembers that a password was set on the word of a number alone: after a code, or in a login or a
 * session that a code has begun. Beside such a password a code by SMS is no second factor: whoever
 * has the SIM would have both. It is forgotten with the next password that is set after a mail,
 * behind another factor, or by an admin. Listens in every realm, without being configured.
 */
public final class ResetByNumber implements EventListenerProviderFactory {

  private static final String NOTE = "smspm.reset-alone";
  private static final Set<String> OWN = Set.of(PasswordCredentialModel.TYPE, PhoneCredential.TYPE);
  private static final Pattern PASSWORD_BY_ADMIN = Pattern.compile("users/([^/]+)/reset-password");

  /** The password that is set in this authentication session next is on the number's word. */
  public static void expect(AuthenticationSessionModel authSession, UserModel user) {
    authSession.setAuthNote(NOTE, user.getId());
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
        if (event.getUserId() != null && isPassword(event)) {
          AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
          boolean byNumber =
              authSession != null
                  && (event.getUserId().equals(authSession.getAuthNote(NOTE))
                      || IdentifiedByNumber.is(session, authSession, event.getUserId()));
          if (byNumber || isOnOthersWord(authSession, event.getUserId())) {
            remember(session, event.getRealmId(), event.getUserId(), byNumber);
          }
        }
      }

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.USER && event.getResourcePath() != null) {
          Matcher password = PASSWORD_BY_ADMIN.matcher(event.getResourcePath());
          if (password.matches()) {
            remember(session, event.getRealmId(), password.group(1), false);
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  /**
   * After a mail, or behind a factor that is neither the password itself nor the number: a password
   * that was set on the number's word cannot vouch for the next one.
   */
  private static boolean isOnOthersWord(AuthenticationSessionModel authSession, String userId) {
    return authSession != null
        && (userId.equals(authSession.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID))
            || AuthenticatorUtil.getAuthnCredentials(authSession).stream()
                .anyMatch(it -> !OWN.contains(it)));
  }

  private static boolean isPassword(Event event) {
    return event.getType() == EventType.UPDATE_CREDENTIAL
        && event.getDetails() != null
        && PasswordCredentialModel.TYPE.equals(event.getDetails().get(Details.CREDENTIAL_TYPE));
  }

  private static void remember(
      KeycloakSession session, String realmId, String userId, boolean byNumber) {
    RealmModel realm = session.realms().getRealm(realmId);
    UserModel user = realm == null ? null : session.users().getUserById(realm, userId);
    if (user != null) {
      Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
      PhoneCredentialProvider.find(user)
          .filter(it -> byNumber || it.hasResetPassword())
          .map(it -> it.afterPassword(byNumber ? now : null))
          .ifPresent(user.credentialManager()::updateStoredCredential);
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
    return "smspm-reset-by-number";
  }
}
