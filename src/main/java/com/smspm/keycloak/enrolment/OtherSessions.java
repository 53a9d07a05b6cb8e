package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.credential.NumberChange;
import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.LifeSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.Profile;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Ends a user's other sessions when a number is changed or removed, by whatever way, where the
 * realm wants that. The session in which its user does it stays; an admin's is none of the user's,
 * so then all of them end.
 */
final class OtherSessions {

  private static final Logger LOG = Logger.getLogger(OtherSessions.class);

  private OtherSessions() {}

  /** Hears of everything that is published in Keycloak, and acts on changes of numbers. */
  static void hear(ProviderEvent event) {
    if (event instanceof NumberChange change && isMeant(change) && isWanted(change.realm())) {
      end(change);
    }
  }

  /**
   * Not a first number. Nor one that another account has proven: whoever gets an old number would
   * sign out a stranger, who has a second factor no more and might not come in again.
   */
  private static boolean isMeant(NumberChange change) {
    return switch (change.kind()) {
      case CHANGED, REMOVED -> true;
      case TOOK -> change.before().isPresent();
      case ADDED, TAKEN -> false;
    };
  }

  private static boolean isWanted(RealmModel realm) {
    try {
      return LifeSettings.of(realm).endSessions();
    } catch (InvalidSettings e) {
      // The step and the action say so when they run; a removal goes on
      LOG.debugf("Realm %s: %s", realm.getName(), e.getMessage());
      return false;
    }
  }

  private static void end(NumberChange change) {
    KeycloakSession session = change.session();
    RealmModel realm = change.realm();
    Optional<String> own = own(session.getContext());
    List<UserSessionModel> others =
        all(session, realm, change.user())
            .filter(it -> own.filter(it.getId()::equals).isEmpty())
            .filter(it -> it.getState() != UserSessionModel.State.LOGGING_OUT)
            .toList();
    KeycloakContext context = session.getContext();
    for (UserSessionModel other : others) {
      AuthenticationManager.backchannelLogout(
          session,
          realm,
          other,
          context.getUri(),
          context.getConnection(),
          context.getHttpRequest().getHttpHeaders(),
          true);
      new EventBuilder(realm, session, context.getConnection())
          .event(EventType.LOGOUT)
          .session(other)
          .user(change.user())
          .detail(Details.REASON, reason(change.kind()))
          .success();
    }
  }

  private static String reason(NumberChange.Kind kind) {
    return kind == NumberChange.Kind.REMOVED ? "number_removed" : "number_changed";
  }

  /** Offline ones too, unless Keycloak is told to leave them alone, as its own actions do. */
  private static Stream<UserSessionModel> all(
      KeycloakSession session, RealmModel realm, UserModel user) {
    Stream<UserSessionModel> online = session.sessions().getUserSessionsStream(realm, user);
    return Profile.isFeatureEnabled(Profile.Feature.LOGOUT_ALL_SESSIONS_V1)
        ? online
        : Stream.concat(online, session.sessions().getOfflineUserSessionsStream(realm, user));
  }

  /** The one of this login, or of the token that came with the request. */
  private static Optional<String> own(KeycloakContext context) {
    return Optional.ofNullable(context.getAuthenticationSession())
        .map(login -> login.getParentSession().getId())
        .or(() -> Optional.ofNullable(context.getUserSession()).map(UserSessionModel::getId));
  }
}
