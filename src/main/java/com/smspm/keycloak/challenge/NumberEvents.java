package com.smspm.keycloak.challenge;

import com.smspm.keycloak.phone.PhoneNumber;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What becomes of a proven number, as events of the user whose it is or was. They are no copies of
 * the request's own event: that one may tell of another user. Numbers are masked.
 */
final class NumberEvents {

  private final KeycloakSession session;
  private final RealmModel realm;

  NumberEvents(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** Another account has proven it. */
  void taken(UserModel owner, PhoneNumber number) {
    event(owner, number, EventType.CUSTOM_REQUIRED_ACTION, "number_taken").success();
  }

  /** It was another account's. */
  void took(UserModel user, PhoneNumber number) {
    event(user, number, EventType.CUSTOM_REQUIRED_ACTION, "number_took").success();
  }

  /**
   * @param by what an admin calls whoever vouches
   */
  void vouched(UserModel user, PhoneNumber number, String by) {
    event(user, number, EventType.CUSTOM_REQUIRED_ACTION, "number_vouched")
        .detail("smspm_vouched_by", by)
        .success();
  }

  /**
   * @param reason from a closed set
   */
  void notVouched(UserModel user, String reason) {
    new EventBuilder(realm, session)
        .event(EventType.CUSTOM_REQUIRED_ACTION_ERROR)
        .user(user)
        .detail("smspm_event", "number_not_vouched")
        .detail("smspm_reason", reason)
        .error("number_not_vouched");
  }

  private EventBuilder event(UserModel user, PhoneNumber number, EventType type, String what) {
    return new EventBuilder(realm, session)
        .event(type)
        .user(user)
        .detail("smspm_event", what)
        .detail("smspm_number", number.masked());
  }
}
