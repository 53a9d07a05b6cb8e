package com.smspm.keycloak.limits;

import com.smspm.keycloak.phone.NumberRange;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What the guard tells the operator: a warning in the log, and an event. Neither is about the user
 * whose message happened to be the last one, so none is named.
 */
final class GuardEvents {

  private static final Logger LOG = Logger.getLogger(PumpingGuard.class);

  private final KeycloakSession session;
  private final RealmModel realm;
  private final GuardMode mode;

  GuardEvents(KeycloakSession session, RealmModel realm, GuardMode mode) {
    this.session = session;
    this.realm = realm;
    this.mode = mode;
  }

  void closed(ClosedRange closed, Duration length) {
    LOG.warnf(
        "Realm %s: range %s closed for %d minutes (%s: %d of %d messages verified)%s",
        realm.getName(),
        closed.range().masked(),
        length.toMinutes(),
        closed.reason(),
        closed.verified(),
        closed.messages(),
        monitored());
    event(EventType.CUSTOM_REQUIRED_ACTION_ERROR, "range_closed")
        .detail("smspm_range", closed.range().masked())
        .detail("smspm_reason", closed.reason().name())
        .detail("smspm_seconds", Long.toString(length.toSeconds()))
        .detail("smspm_messages", Integer.toString(closed.messages()))
        .detail("smspm_verified", Integer.toString(closed.verified()))
        .error("range_closed");
  }

  /**
   * @param reason from a closed set
   */
  void opened(NumberRange range, String reason) {
    LOG.warnf("Realm %s: range %s open again (%s)%s", realm.getName(), range, reason, monitored());
    event(EventType.CUSTOM_REQUIRED_ACTION, "range_opened")
        .detail("smspm_range", range.masked())
        .detail("smspm_reason", reason)
        .success();
  }

  void countryAlert(String country, Conversion conversion) {
    LOG.warnf(
        "Realm %s: of %d messages to new numbers in %s within an hour only %d were verified%s",
        realm.getName(), conversion.messages(), country, conversion.verified(), monitored());
    event(EventType.CUSTOM_REQUIRED_ACTION_ERROR, "country_alert")
        .detail("smspm_country", country)
        .detail("smspm_messages", Integer.toString(conversion.messages()))
        .detail("smspm_verified", Integer.toString(conversion.verified()))
        .error("country_alert");
  }

  private String monitored() {
    return mode == GuardMode.ON ? "" : "; monitoring only, nothing is refused";
  }

  private EventBuilder event(EventType type, String what) {
    EventBuilder event = new EventBuilder(realm, session).event(type).detail("smspm_event", what);
    return mode == GuardMode.ON ? event : event.detail("smspm_mode", "monitor");
  }
}
