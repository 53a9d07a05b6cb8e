package com.smspm.keycloak.login;

import com.smspm.keycloak.credential.PasskeyInstead;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.WebAuthnConditionalUIAuthenticator;

/** Keycloak's passkeys on a page of ours, as on its own page for a username. */
final class Passkeys {

  private Passkeys() {}

  private static boolean areOffered(AuthenticationFlowContext context) {
    return WebAuthnConditionalUIAuthenticator.isPasskeysEnabled(context.getSession())
        && context.getUser() == null;
  }

  /** Has the next page ask for one. */
  static void offer(AuthenticationFlowContext context) {
    if (areOffered(context)) {
      new WebAuthnConditionalUIAuthenticator(context.getSession(), it -> null)
          .fillContextForm(context);
    }
  }

  static boolean isAnswer(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
    return areOffered(context)
        && (form.containsKey(WebAuthnConstants.AUTHENTICATOR_DATA)
            || form.containsKey(WebAuthnConstants.ERROR));
  }

  /**
   * Has Keycloak judge it: what it accepts is this step's success, and no code by SMS.
   *
   * @param page shown where it does not
   */
  static void answer(AuthenticationFlowContext context, Supplier<Response> page) {
    new WebAuthnConditionalUIAuthenticator(context.getSession(), it -> page.get()).action(context);
    if (context.getStatus() == FlowStatus.SUCCESS) {
      PasskeyInstead.remember(context.getAuthenticationSession(), context.getExecution().getId());
    }
  }
}
