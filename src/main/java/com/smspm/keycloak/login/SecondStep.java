package com.smspm.keycloak.login;

import com.smspm.keycloak.credential.Shown;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.conditional.ConditionalLoaAuthenticatorFactory;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * When a second step may be left out at all, whatever the reason for it is. An admin can put our
 * conditions anywhere; where they would leave nothing to show, they do not hold.
 */
final class SecondStep {

  /**
   * Logins. Who has forgotten a password, or links an account, has not shown anything of it yet.
   */
  private static final Set<String> LOGINS =
      Set.of(LoginActionsService.AUTHENTICATE_PATH, LoginActionsService.POST_BROKER_LOGIN_PATH);

  /** The level that a password alone reaches. */
  private static final int FIRST_LEVEL = 1;

  private SecondStep() {}

  /** Whether the user has shown a credential in this login already, or at another provider. */
  static boolean isBehindAnother(AuthenticationFlowContext context) {
    AuthenticationSessionModel login = context.getAuthenticationSession();
    return context.getUser() != null
        && context.getFlowPath() != null
        && LOGINS.contains(context.getFlowPath())
        && (!Shown.in(context.getSession(), login).isEmpty()
            || login.getAuthNote(PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT) != null);
  }

  /**
   * Whether it can be left out here: nothing but a factor reaches a level above the first. Nor
   * where all that was shown is a number, or a password that it has set.
   */
  static boolean canBeLeftOut(AuthenticationFlowContext context) {
    return isBehindAnother(context)
        && !FirstFactor.isUsed(context)
        && !isForHigherLevel(context)
        && !isForAction(context);
  }

  /** An action that an application asks for can replace a factor. */
  private static boolean isForAction(AuthenticationFlowContext context) {
    return context.getAuthenticationSession().getClientNote(Constants.KC_ACTION) != null;
  }

  private static boolean isForHigherLevel(AuthenticationFlowContext context) {
    AuthenticationSessionModel login = context.getAuthenticationSession();
    int asked =
        new AcrStore(context.getSession(), login)
            .getRequestedLevelOfAuthentication(context.getTopLevelFlow());
    // A client policy can choose a flow, and say what level it reaches
    String ofFlow = login.getAuthNote(Constants.AUTHENTICATION_FLOW_LEVEL_OF_AUTHENTICATION);
    return asked > FIRST_LEVEL
        || (ofFlow != null && Integer.parseInt(ofFlow) > FIRST_LEVEL)
        || isInHigherLevel(context);
  }

  /**
   * Also where nobody asked for a level: a sub-flow gives its level to the login even when nothing
   * in it was left to do.
   */
  static boolean isInHigherLevel(AuthenticationFlowContext context) {
    RealmModel realm = context.getRealm();
    return FlowTree.around(realm, context.getExecution().getParentFlow())
        .flatMap(realm::getAuthenticationExecutionsStream)
        .filter(AuthenticationExecutionModel::isEnabled)
        .filter(it -> ConditionalLoaAuthenticatorFactory.PROVIDER_ID.equals(it.getAuthenticator()))
        .flatMap(it -> Stream.ofNullable(it.getAuthenticatorConfig()))
        .anyMatch(config -> isHigher(realm.getAuthenticatorConfigById(config)));
  }

  private static boolean isHigher(AuthenticatorConfigModel config) {
    Integer level = config == null ? null : LoAUtil.getLevelFromLoaConditionConfiguration(config);
    return level != null && level > FIRST_LEVEL;
  }
}
