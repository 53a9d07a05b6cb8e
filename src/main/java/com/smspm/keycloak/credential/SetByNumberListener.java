package com.smspm.keycloak.credential;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticatorUtil;
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
 * Remembers what was set up on the word of a number alone: a password or another factor, after a
 * code, or in a login or a session that a code has begun and nothing else stands behind. Of a
 * password it is forgotten with the next one that is set after a mail, behind another factor, or by
 * an admin. Listens in every realm, without being configured.
 */
public final class SetByNumberListener implements EventListenerProviderFactory {

  private static final String NOTE = "smspm.reset-alone";
  private static final String ACCEPTED = "accepted";
  private static final Pattern PASSWORD_BY_ADMIN = Pattern.compile("users/([^/]+)/reset-password");

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
        AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
        if (event.getUserId() != null && authSession != null && isCredential(event)) {
          user(session, event.getRealmId(), event.getUserId())
              .ifPresent(
                  user -> told(new Word(session, authSession, user), user, credentialType(event)));
        }
      }

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.USER && event.getResourcePath() != null) {
          Matcher password = PASSWORD_BY_ADMIN.matcher(event.getResourcePath());
          if (password.matches()) {
            user(session, event.getRealmId(), password.group(1))
                .ifPresent(SetByNumber::forgetPassword);
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  private static void told(Word word, UserModel user, String type) {
    if (word.isNumbersAlone()) {
      SetByNumber.remember(user, type);
    } else if (PasswordCredentialModel.TYPE.equals(type) && word.isOfAnother()) {
      SetByNumber.forgetPassword(user);
    }
  }

  /** What stands behind a login. */
  private record Word(
      KeycloakSession session, AuthenticationSessionModel authSession, UserModel user) {

    boolean isNumbersAlone() {
      String note = authSession.getAuthNote(NOTE);
      if (note != null) {
        return user.getId().equals(note);
      }
      // A mail's link may be opened where a session goes on that a number has begun
      return !isMailProven()
          && (IdentifiedByNumber.is(session, authSession, user.getId())
              || (!shown().isEmpty() && shown().stream().noneMatch(this::isProof)));
    }

    /** After a mail, or behind a factor: a password cannot vouch for the next one. */
    boolean isOfAnother() {
      return isMailProven()
          || shown().stream()
              .anyMatch(it -> !PasswordCredentialModel.TYPE.equals(it) && isProof(it));
    }

    private boolean isMailProven() {
      return user.getId()
          .equals(authSession.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID));
    }

    private List<String> shown() {
      return AuthenticatorUtil.getAuthnCredentials(authSession);
    }

    /** Neither the number itself nor what it has set up. */
    private boolean isProof(String type) {
      return switch (type) {
        case PhoneCredential.TYPE -> false;
        case PasswordCredentialModel.TYPE -> !SetByNumber.isPassword(user);
        default -> !SetByNumber.isFactor(user, type);
      };
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
