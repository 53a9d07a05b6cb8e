package com.smspm.keycloak.login;

import com.smspm.keycloak.credential.IdentifiedByNumber;
import com.smspm.keycloak.credential.PhoneCredential;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Whether a number has done its part as a first factor already: then a code by SMS is no second
 * one. That holds in the login that it began, in the session which came of it, and beside a
 * password that was set on the number's word.
 */
final class FirstFactor {

  private FirstFactor() {}

  static boolean isUsed(AuthenticationFlowContext context, PhoneCredential credential) {
    List<String> shown = AuthenticatorUtil.getAuthnCredentials(context.getAuthenticationSession());
    boolean passwordMayHaveBeenShown =
        shown.isEmpty() || shown.contains(PasswordCredentialModel.TYPE);
    return (credential.hasResetPassword() && passwordMayHaveBeenShown)
        || IdentifiedByNumber.is(
            context.getSession(), context.getAuthenticationSession(), context.getUser().getId());
  }
}
