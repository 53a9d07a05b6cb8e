package com.smspm.keycloak.challenge;

import com.smspm.keycloak.delivery.DeliveryState;
import com.smspm.keycloak.settings.AccountSettings;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What events say of a login's messages once the code was right: how many messages it took, what
 * was known of the newest, and how many seconds passed from the first one to the code. The login
 * remembers it, because Keycloak's {@code LOGIN} is sent by a later request where another step or a
 * required action follows.
 */
public final class LoginDetails {

  private static final String MESSAGES = "smspm_messages";
  private static final String DELIVERY = "smspm_delivery";
  private static final String SECONDS = "smspm_seconds";
  private static final List<String> ALL = List.of(MESSAGES, DELIVERY, SECONDS);

  private static final String PREFIX = "smspm.details.";
  private static final String WHOSE = PREFIX + "user";

  private LoginDetails() {}

  /** A later code of the same login, as for a new number, takes the place of the one before. */
  static void keep(
      AuthenticationSessionModel authSession,
      UserModel user,
      ChallengeNotes notes,
      DeliveryState newest,
      Instant now) {
    authSession.setAuthNote(WHOSE, user.getId());
    authSession.setAuthNote(PREFIX + MESSAGES, Integer.toString(notes.messages()));
    authSession.setAuthNote(PREFIX + DELIVERY, newest.name().toLowerCase(Locale.ROOT));
    authSession.setAuthNote(PREFIX + SECONDS, Long.toString(notes.secondsSince(now)));
  }

  /**
   * Whether {@code LOGIN} may come without the details. Keycloak's consent page sends it without
   * asking any extension; and in a later request than the code's it is the required action that
   * puts them there.
   */
  static boolean mayMissTheLogin(RealmModel realm, AuthenticationSessionModel authSession) {
    RequiredActionProviderModel action =
        realm.getRequiredActionProviderByAlias(AccountSettings.REALM_SETTINGS_ALIAS);
    return action == null
        || !action.isEnabled()
        || authSession.getClient().isConsentRequired()
        || DeviceGrantType.isOAuth2DeviceVerificationFlow(authSession);
  }

  /**
   * Puts the details on an event of this login. Nothing is put there where no code was right, or
   * where it was another user's.
   */
  public static void tell(
      AuthenticationSessionModel authSession, UserModel user, EventBuilder event) {
    if (user.getId().equals(authSession.getAuthNote(WHOSE))) {
      ALL.forEach(detail -> event.detail(detail, authSession.getAuthNote(PREFIX + detail)));
    }
  }
}
