package com.smspm.keycloak.challenge;

import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.RealmModel;

/**
 * What happens to challenges, as Keycloak's events. Keycloak has no type of its own for it, so each
 * is told by the detail {@code smspm_event}. Numbers are masked.
 */
final class ChallengeEvents {

  private static final Logger LOG = Logger.getLogger(ChallengeEvents.class);

  private final EventBuilder event;

  /**
   * @param event of the request; copies of it are sent
   */
  ChallengeEvents(EventBuilder event) {
    this.event = event;
  }

  void codeIssued(ChallengeRequest request) {
    of(request, "code_issued").success();
  }

  /** The details of a login, which are on its event by now, where {@code LOGIN} may miss them. */
  void codeAccepted(ChallengeRequest request) {
    of(request, "code_accepted").success();
  }

  /** Somebody waits for a code that nobody gets. */
  void codePretended(ChallengeRequest request, OpenDoor.Hindrance why) {
    of(request, "code_pretended").detail("smspm_reason", why.inEvents()).success();
  }

  /**
   * @param reason from a closed set
   */
  void refused(ChallengeRequest request, String what, String reason) {
    of(request, what).detail("smspm_reason", reason).error(what);
  }

  /** Nothing of this is about the user who happened to be there. */
  void capNearlyUsed(RealmModel realm, String cap) {
    LOG.warnf(
        "Realm %s: 80 %% of the messages that its cap %s allows are used", realm.getName(), cap);
    event
        .clone()
        .event(EventType.CUSTOM_REQUIRED_ACTION)
        .user((String) null)
        .detail("smspm_event", "cap_nearly_used")
        .detail("smspm_reason", cap)
        .success();
  }

  private EventBuilder of(ChallengeRequest request, String what) {
    EventBuilder report =
        event
            .clone()
            .event(EventType.CUSTOM_REQUIRED_ACTION)
            .detail("smspm_event", what)
            .detail("smspm_purpose", request.purpose().name());
    if (request.hasNumber()) {
      report.detail("smspm_number", request.number().masked());
    }
    return request.user() == null ? report : report.user(request.user());
  }
}
