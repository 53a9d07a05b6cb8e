package com.smspm.keycloak.login;

import com.smspm.keycloak.challenge.ChallengeRequest;
import com.smspm.keycloak.challenge.Challenges;
import com.smspm.keycloak.challenge.CodePage;
import com.smspm.keycloak.challenge.Issued;
import com.smspm.keycloak.code.CodeInput;
import com.smspm.keycloak.code.Verdict;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.util.Locale;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;

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

  /**
   * A user who is not identified yet has no say in the page: not by a language of their own, and
   * not by a name in its header, which only somebody who exists would have there.
   */
  static LoginFormsProvider anonymous(AuthenticationFlowContext context) {
    return context.form().setUser(null).setAuthContext(withoutUser(context));
  }

  private static AuthenticationFlowContext withoutUser(AuthenticationFlowContext context) {
    return (AuthenticationFlowContext)
        Proxy.newProxyInstance(
            OpenDoorForm.class.getClassLoader(),
            new Class<?>[] {AuthenticationFlowContext.class},
            (proxy, method, arguments) ->
                method.getName().equals("getUser") ? null : method.invoke(context, arguments));
  }

  Response page() {
    return codePage().show(anonymous(context));
  }

  Response page(Issued issued) {
    return codePage().show(anonymous(context), issued);
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
    Response page = codePage().show(anonymous(context), verdict);
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
