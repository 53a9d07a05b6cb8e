package com.smspm.keycloak.login;

import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.NetworkSettings;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Lets a sub-flow run outside of trusted networks. In doubt it runs, as with {@link
 * TrustedDeviceCondition}: an address is no factor, and a network that was mistyped is nobody's.
 */
final class NetworkCondition implements ConditionalAuthenticator {

  private static final Logger LOG = Logger.getLogger(NetworkCondition.class);

  @Override
  public boolean matchCondition(AuthenticationFlowContext context) {
    try {
      NetworkSettings networks = NetworkSettings.of(context.getAuthenticatorConfig());
      return !SecondStep.canBeLeftOut(context)
          || !networks.contains(context.getConnection().getRemoteHost());
    } catch (InvalidSettings e) {
      LOG.errorf(
          "Realm %s: the condition %s trusts no network: %s",
          context.getRealm().getName(), NetworkConditionFactory.ID, e.getMessage());
      return true;
    }
  }

  @Override
  public void action(AuthenticationFlowContext context) {
    // A condition has no page
  }

  @Override
  public boolean requiresUser() {
    return false;
  }

  @Override
  public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
    // Nothing can be set up for it
  }

  @Override
  public void close() {}
}
