package com.smspm.keycloak.login;

import com.smspm.keycloak.challenge.ChallengeRequest;
import com.smspm.keycloak.challenge.Challenges;
import com.smspm.keycloak.challenge.CodePage;
import com.smspm.keycloak.challenge.Issued;
import com.smspm.keycloak.code.CodeInput;
import com.smspm.keycloak.code.Verdict;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;

/**
 * The code page of a door where nobody is identified. It is the same for everybody, and a wrong
 * code is no failure to Keycloak: no stranger may lock an account.
 */
final class OpenDoorForm {

  private final AuthenticationFlowContext context;
  private final Challenges challenges;
  private final ChallengeRequest request;

  OpenDoorForm(AuthenticationFlowContext context, Challenges challenges, ChallengeRequest request) {
    this.context = context;
    this.challenges = challenges;
    this.request = request;
  }

  Response page() {
    return codePage().show(context.form());
  }

  Response page(Issued issued) {
    return codePage().show(context.form(), issued);
  }

  void resend() {
    Issued issued = challenges.resend(request);
    context.challenge(page(issued));
  }

  /**
   * @return whether the code was right; if not, the page is there already
   */
  boolean verify(String code) {
    Verdict verdict = challenges.verify(request, CodeInput.of(code));
    switch (verdict.kind()) {
      case ACCEPTED -> {
        return true;
      }
      case EMPTY, MALFORMED -> {}
      case WRONG, EXHAUSTED, LOCKED -> {
        EventBuilder event = event();
        if (!verdict.guessed()) {
          event.detail("smspm_reason", verdict.kind().name().toLowerCase(Locale.ROOT));
        }
        event.error(Errors.INVALID_USER_CREDENTIALS);
      }
      case EXPIRED, TAKEN, NONE -> event().error(Errors.EXPIRED_CODE);
    }
    Response page = codePage().show(context.form(), verdict);
    context.forceChallenge(page);
    return false;
  }

  private EventBuilder event() {
    EventBuilder event = context.getEvent();
    if (request.user() == null) {
      return event;
    }
    return event.user(request.user()).detail(Details.USERNAME, request.user().getUsername());
  }

  private CodePage codePage() {
    return CodePage.ofLogin(request, challenges.status(request));
  }
}
