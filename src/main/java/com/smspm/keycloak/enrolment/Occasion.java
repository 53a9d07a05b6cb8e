package com.smspm.keycloak.enrolment;

import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/** Whether a login is one in which somebody can be asked something that can wait as well. */
final class Occasion {

  private Occasion() {}

  /**
   * Neither without pages (direct grant, which would fail) nor where an application looks in the
   * background whether somebody is logged in ({@code prompt=none}, which would say no). Nor in what
   * is no login, such as the end of a reset: there no second factor was shown.
   */
  static boolean isGood(RequiredActionContext context) {
    AuthenticationSessionModel authSession = context.getAuthenticationSession();
    return authSession.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH) != null
        && authSession.getAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS) == null
        && !TokenUtil.hasPrompt(
            authSession.getClientNote(OIDCLoginProtocol.PROMPT_PARAM),
            OIDCLoginProtocol.PROMPT_VALUE_NONE);
  }
}
