package com.smspm.keycloak.challenge;

import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;

/**
 * What happens to challenges, as Keycloak's events. Keycloak has no type of its own for it, so each
 * is told by the detail {@code smspm_event}. Numbers are masked.
 */
final class ChallengeEvents {

  private final EventBuilder event;

  /**
   * @param event of the request; only copies of it are sent
   */
  ChallengeEvents(EventBuilder event) {
    this.event = event;
  }

  void codeIssued(ChallengeRequest request) {
    of(request, "code_issued").success();
  }

  /**
   * @param reason from a closed set
   */
  void refused(ChallengeRequest request, String what, String reason) {
    of(request, what).detail("smspm_reason", reason).error(what);
  }

  private EventBuilder of(ChallengeRequest request, String what) {
    EventBuilder report =
        event
            .clone()
            .event(EventType.CUSTOM_REQUIRED_ACTION)
            .detail("smspm_event", what)
            .detail("smspm_purpose", request.purpose().name())
            .detail("smspm_number", request.number().masked());
    return request.user() == null ? report : report.user(request.user());
  }
}
