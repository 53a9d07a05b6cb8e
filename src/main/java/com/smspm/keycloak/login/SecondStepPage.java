package com.smspm.keycloak.login;

import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationSelectionOption;
import org.keycloak.events.Errors;

/**
 * Where a code by SMS would be a second step after a first one by SMS: asks for something else, and
 * never lets anybody past. The getters are what {@code smspm-second-step.ftl} sees as {@code
 * smspmSecond}.
 */
public final class SecondStepPage {

  private static final String TEMPLATE = "smspm-second-step.ftl";

  private final List<AuthenticationSelectionOption> ways;

  private SecondStepPage(List<AuthenticationSelectionOption> ways) {
    this.ways = ways;
  }

  static void show(AuthenticationFlowContext context) {
    String own = context.getExecution().getId();
    List<AuthenticationSelectionOption> others =
        context.getAuthenticationSelections().stream()
            .filter(way -> !way.getAuthExecId().equals(own))
            .toList();
    if (others.isEmpty()) {
      context
          .getEvent()
          .user(context.getUser())
          .detail("smspm_reason", "sms_used_before")
          .error(Errors.INVALID_USER_CREDENTIALS);
      // Not a failure, which Keycloak up to 26.5 would count against the user
      context.forceChallenge(
          context
              .form()
              .setError("smspmSecondStepNone")
              .createErrorPage(Response.Status.BAD_REQUEST));
      return;
    }
    context.forceChallenge(
        context
            .form()
            .setAttribute("smspmSecond", new SecondStepPage(others))
            .createForm(TEMPLATE));
  }

  /** The other ways that this user has. */
  public List<AuthenticationSelectionOption> getWays() {
    return ways;
  }
}
