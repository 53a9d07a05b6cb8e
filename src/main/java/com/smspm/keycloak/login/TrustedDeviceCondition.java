package com.smspm.keycloak.login;

import com.smspm.keycloak.device.TrustedDevices;
import com.smspm.keycloak.settings.DeviceSettings;
import com.smspm.keycloak.settings.InvalidSettings;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Lets a sub-flow run where the device is not trusted. In doubt it runs: when a setting cannot be
 * used, where nobody has shown a first factor, and where more than the first level is at stake.
 */
final class TrustedDeviceCondition implements ConditionalAuthenticator {

  private static final Logger LOG = Logger.getLogger(TrustedDeviceCondition.class);

  @Override
  public boolean matchCondition(AuthenticationFlowContext context) {
    try {
      boolean forTrusted = DeviceSettings.forTrusted(context.getAuthenticatorConfig());
      if (forTrusted && asksForCredential(context)) {
        LOG.errorf(
            "Realm %s: the sub-flow of the condition %s asks for a credential, and would on trusted"
                + " devices only; it runs on all",
            context.getRealm().getName(), TrustedDeviceConditionFactory.ID);
        return true;
      }
      return forTrusted == isTrusted(context);
    } catch (InvalidSettings e) {
      LOG.errorf(
          "Realm %s: the condition %s trusts no device: %s",
          context.getRealm().getName(), TrustedDeviceConditionFactory.ID, e.getMessage());
      return true;
    }
  }

  private static boolean isTrusted(AuthenticationFlowContext context) {
    return SecondStep.canBeLeftOut(context)
        && new TrustedDevices(context.getSession(), context.getRealm(), context.getEvent())
            .recognises(context.getUser(), longest(context));
  }

  /**
   * What the code steps in this sub-flow offer now: with fewer days, or none, devices that were
   * trusted before are asked earlier, or at once. A sub-flow without such a step has no say.
   */
  private static Duration longest(AuthenticationFlowContext context) {
    List<Duration> offered =
        steps(context).stream()
            .filter(it -> CodeAuthenticatorFactory.ID.equals(it.getAuthenticator()))
            .map(AuthenticationExecutionModel::getAuthenticatorConfig)
            .map(id -> id == null ? null : context.getRealm().getAuthenticatorConfigById(id))
            .map(DeviceSettings::offered)
            .toList();
    return offered.stream().max(Duration::compareTo).orElse(DeviceSettings.LONGEST);
  }

  /** Conditions have a category too, and ask for nothing. */
  private static boolean asksForCredential(AuthenticationFlowContext context) {
    KeycloakSessionFactory factories = context.getSession().getKeycloakSessionFactory();
    return steps(context).stream()
        .map(it -> factories.getProviderFactory(Authenticator.class, it.getAuthenticator()))
        .filter(it -> !(it instanceof ConditionalAuthenticatorFactory))
        .anyMatch(
            it -> it instanceof AuthenticatorFactory step && step.getReferenceCategory() != null);
  }

  private static List<AuthenticationExecutionModel> steps(AuthenticationFlowContext context) {
    return FlowTree.stepsIn(context.getRealm(), context.getExecution().getParentFlow()).toList();
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
