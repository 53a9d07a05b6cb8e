package com.smspm.keycloak.login;

import com.smspm.keycloak.settings.InvalidSettings;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Errors;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.resources.LoginActionsService;

/** What holds for every step here, before it does anything. */
final class Door {

  private static final Logger LOG = Logger.getLogger(Door.class);

  /** Flows that run elsewhere, such as direct grant ({@code token}), have no page to ask on. */
  private static final Set<String> PATHS_WITH_PAGES =
      Set.of(
          LoginActionsService.AUTHENTICATE_PATH,
          LoginActionsService.REGISTRATION_PATH,
          LoginActionsService.RESET_CREDENTIALS_PATH,
          LoginActionsService.FIRST_BROKER_LOGIN_PATH,
          LoginActionsService.POST_BROKER_LOGIN_PATH);

  /** What a step does, when it may. */
  interface Work {

    /**
     * @throws InvalidSettings when settings of step or realm cannot be used
     */
    void run();
  }

  private Door() {}

  /** Refuses where there is no page to ask on, and where the settings cannot be used. */
  static void open(AuthenticationFlowContext context, String step, Work work) {
    if (context.getFlowPath() == null || !PATHS_WITH_PAGES.contains(context.getFlowPath())) {
      refuseWithoutPages(context);
      return;
    }
    try {
      work.run();
    } catch (InvalidSettings e) {
      refuse(context, step, e.getMessage());
    }
  }

  static boolean isReset(AuthenticationFlowContext context) {
    return LoginActionsService.RESET_CREDENTIALS_PATH.equals(context.getFlowPath());
  }

  /** A page that says no more than that it does not work, and the reason in the log. */
  static void refuse(AuthenticationFlowContext context, String step, String reason) {
    LOG.errorf(
        "Realm %s: the step %s refuses to run: %s", context.getRealm().getName(), step, reason);
    context.getEvent().error(Errors.INVALID_CONFIG);
    // Not a failure, which Keycloak up to 26.5 would count against the user
    context.forceChallenge(
        context
            .form()
            .setError("smspmNotAvailable")
            .createErrorPage(Response.Status.SERVICE_UNAVAILABLE));
  }

  /** Direct grant and its like have no page for a code, so no message is sent for them. */
  private static void refuseWithoutPages(AuthenticationFlowContext context) {
    context.getEvent().error(Errors.INVALID_USER_CREDENTIALS);
    OAuth2ErrorRepresentation error =
        new OAuth2ErrorRepresentation(
            "invalid_grant", "A code by SMS needs a page: use a flow in the browser");
    // Not a failure, which Keycloak up to 26.5 would count against the user
    context.forceChallenge(
        Response.status(Response.Status.BAD_REQUEST)
            .entity(error)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .build());
  }
}
