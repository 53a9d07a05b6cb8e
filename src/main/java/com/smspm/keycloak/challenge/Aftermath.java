package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.code.Verdict;
import com.smspm.keycloak.limits.FailureStreak;
import com.smspm.keycloak.notice.KnownBrowsers;
import com.smspm.keycloak.notice.Notices;
import com.smspm.keycloak.settings.LifeSettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What follows from an answer, beside what its door does: who has to hear of it. */
final class Aftermath {

  /** Two wrong codes are slips of the finger; so are three, mostly, but then a mail is no harm. */
  private static final int WRONG_BEFORE_MAIL = 3;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AuthenticationSessionModel authSession;

  Aftermath(KeycloakSession session, AuthenticationSessionModel authSession) {
    this.session = session;
    this.realm = authSession.getRealm();
    this.authSession = authSession;
  }

  void of(ChallengeRequest request, Verdict verdict) {
    if (verdict.kind() == Verdict.Kind.ACCEPTED) {
      ShownNumber.note(authSession, request.number());
      browserOf(request);
    } else if (verdict.guessed() && request.purpose() == Purpose.LOGIN) {
      // Only behind another factor: a stranger must not be able to fill a mailbox
      guessed(request);
    }
  }

  private void guessed(ChallengeRequest request) {
    String userId = request.user().getId();
    if (new FailureStreak(session, realm, Purpose.LOGIN, userId).hasReached(WRONG_BEFORE_MAIL)) {
      session.getProvider(Notices.class).wrongCodes(realm, request.user());
    }
  }

  private void browserOf(ChallengeRequest request) {
    if (request.user() == null || !LifeSettings.of(realm).newBrowserMail()) {
      return;
    }
    boolean known = new KnownBrowsers(session, realm).meet(request.user());
    // Who sets up a number is told of that
    if (!known && request.purpose() != Purpose.ENROLMENT) {
      session.getProvider(Notices.class).newBrowser(realm, request.user());
    }
  }
}
