package com.smspm.keycloak.login;

import com.smspm.keycloak.challenge.ChallengeRequest;
import com.smspm.keycloak.challenge.Challenges;
import com.smspm.keycloak.challenge.OpenDoor;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.ResetByNumber;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.ResetSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.events.Details;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A code by SMS before a forgotten password is replaced, for whomever the step before has chosen,
 * or for nobody. What the code alone does not suffice for goes on with Keycloak's own e-mail.
 */
final class ResetAuthenticator implements Authenticator {

  /** Bound to the execution: no other step, of this flow or another, believes it. */
  private static final String PROVEN = "smspm.reset-proven.";

  private static final String MAILED = "smspm.reset-mailed.";

  /** Reserved for drama by Ofcom: stands for the number of whoever has none. Nothing goes there. */
  private static final PhoneNumber NOBODYS = new PhoneNumber("+447700900123");

  @Override
  public void authenticate(AuthenticationFlowContext context) {
    within(context, Step::show);
  }

  @Override
  public void action(AuthenticationFlowContext context) {
    within(context, Step::answer);
  }

  private interface Part {
    void of(Step step);
  }

  private static void within(AuthenticationFlowContext context, Part part) {
    Door.open(
        context,
        ResetAuthenticatorFactory.ID,
        () -> {
          if (Door.isReset(context)) {
            part.of(new Step(context));
          } else {
            Door.refuse(
                context,
                ResetAuthenticatorFactory.ID,
                "it belongs into a flow that resets credentials");
          }
        });
  }

  /** Whether this session was opened by the link in a mail to the user. */
  static boolean isMailProven(AuthenticationFlowContext context) {
    String mailed =
        context.getAuthenticationSession().getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID);
    return context.getUser() != null && context.getUser().getId().equals(mailed);
  }

  /** One request's work. */
  private static final class Step {

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel authSession;
    private final ResetSettings settings;
    private final String execution;

    Step(AuthenticationFlowContext context) {
      this.context = context;
      this.authSession = context.getAuthenticationSession();
      this.settings = ResetSettings.of(context.getAuthenticatorConfig());
      this.execution = context.getExecution().getId();
    }

    void show() {
      if (isCodeProven()) {
        finish();
      } else if (isMailProven(context) && context.getExecution().isAlternative()) {
        // Chosen in place of the code, or opened in another browser: the flow's own e-mail step
        context.attempted();
      } else {
        OpenDoorForm form = form();
        context.challenge(form.page(challenges().issue(request())));
      }
    }

    void answer() {
      MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
      if (isCodeProven() || !form.containsKey("code") && !form.containsKey("resend")) {
        show();
      } else if (form.containsKey("resend")) {
        form().resend();
      } else if (form().verify(form.getFirst("code"))) {
        authSession.setAuthNote(PROVEN + execution, context.getUser().getId());
        finish();
      }
    }

    private boolean isCodeProven() {
      return context.getUser() != null
          && context.getUser().getId().equals(authSession.getAuthNote(PROVEN + execution));
    }

    private void finish() {
      if (isMailProven(context)) {
        succeed();
      } else if (new SimSuffices(context, settings).holds()) {
        if (!settings.simIsEnough()) {
          ResetByNumber.expect(authSession, context.getUser());
        }
        succeed();
      } else {
        askForMail();
      }
    }

    /** The second factor is asked for at the login that follows, not skipped by this one. */
    private void succeed() {
      authSession.setAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS, "true");
      context
          .getEvent()
          .user(context.getUser())
          .detail(Details.CREDENTIAL_TYPE, PhoneCredential.TYPE);
      context.success(PhoneCredential.TYPE);
    }

    /** Once: a page that is shown again sends no further mail. */
    private void askForMail() {
      if (authSession.getAuthNote(MAILED + execution) != null) {
        context.forkWithSuccessMessage(new FormMessage(Messages.EMAIL_SENT));
        return;
      }
      authSession.setAuthNote(MAILED + execution, "true");
      context
          .getSession()
          .getProvider(Authenticator.class, ResetCredentialEmail.PROVIDER_ID)
          .authenticate(context);
    }

    private OpenDoorForm form() {
      return new OpenDoorForm(context, challenges(), request());
    }

    private Challenges challenges() {
      return new Challenges(context.getSession(), authSession, context.getEvent());
    }

    private ChallengeRequest request() {
      Candidate candidate = Candidate.chosen(context);
      String typed = authSession.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
      return new ChallengeRequest(
          Purpose.RESET,
          candidate.user(),
          candidate.number().orElse(NOBODYS),
          settings.codes(),
          Optional.of(new OpenDoor(execution, typed == null ? "" : typed, candidate.hindrance())));
    }
  }

  @Override
  public boolean requiresUser() {
    return false;
  }

  @Override
  public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
    return true;
  }

  @Override
  public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

  @Override
  public void close() {}
}
