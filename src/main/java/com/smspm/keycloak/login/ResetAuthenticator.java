package com.smspm.keycloak.login;

import com.smspm.keycloak.challenge.ChallengeRequest;
import com.smspm.keycloak.challenge.Challenges;
import com.smspm.keycloak.challenge.OpenDoor;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.SetByNumberListener;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.ResetSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
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

  private static final String CHOSEN = "smspm.reset-user.";

  private static final String MAILED = "smspm.reset-mailed.";

  /**
   * Stands for the number of whoever has none. One that could be, so that it takes as long to look
   * at; nothing goes there, and no budget of it is touched.
   */
  private static final PhoneNumber NOBODYS = new PhoneNumber("+37250000000");

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
          if (!Door.isReset(context) || !context.getExecution().isRequired()) {
            Door.refuse(
                context,
                ResetAuthenticatorFactory.ID,
                "it belongs into a flow that resets credentials, REQUIRED: it offers the e-mail"
                    + " itself, where that can be done for everybody alike");
          } else {
            part.of(new Step(context));
          }
        });
  }

  /** Whether this session was opened by the link in a mail to the user. */
  static boolean isMailProven(AuthenticationFlowContext context) {
    return context.getUser() != null && isMailProven(context, context.getUser().getId());
  }

  private static boolean isMailProven(AuthenticationFlowContext context, String userId) {
    return userId.equals(
        context.getAuthenticationSession().getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID));
  }

  /** One request's work. */
  private static final class Step {

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel authSession;
    private final ResetSettings settings;
    private final String execution;

    /** Null where there is no such user. */
    private final UserModel user;

    Step(AuthenticationFlowContext context) {
      this.context = context;
      this.authSession = context.getAuthenticationSession();
      this.settings = ResetSettings.of(context.getAuthenticatorConfig());
      this.execution = context.getExecution().getId();
      this.user = takeUser();
    }

    /**
     * Takes the user that was chosen out of the flow, and keeps who it was: Keycloak's own pages,
     * such as the list of other ways, would show a name and a language for who exists.
     */
    private UserModel takeUser() {
      UserModel chosen = context.getUser();
      if (chosen != null) {
        authSession.setAuthNote(CHOSEN + execution, chosen.getId());
        context.clearUser();
        return chosen;
      }
      String id = authSession.getAuthNote(CHOSEN + execution);
      return id == null ? null : context.getSession().users().getUserById(context.getRealm(), id);
    }

    void show() {
      if (isProven()) {
        finish();
      } else {
        OpenDoorForm form = form();
        context.challenge(form.page(challenges().issue(request())));
      }
    }

    void answer() {
      MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
      if (isProven()) {
        finish();
      } else if (form.containsKey("mail")) {
        askForMail();
      } else if (form.containsKey("resend")) {
        form().resend();
      } else if (!form.containsKey("code")) {
        show();
      } else if (form().verify(form.getFirst("code"))) {
        authSession.setAuthNote(PROVEN + execution, user.getId());
        finish();
      }
    }

    private boolean isProven() {
      return user != null && (isMailProven(context, user.getId()) || isCodeProven());
    }

    private boolean isCodeProven() {
      return user.getId().equals(authSession.getAuthNote(PROVEN + execution));
    }

    private void finish() {
      if (isMailProven(context, user.getId())) {
        succeed();
      } else if (!isBrokered() && new SimSuffices(context.getRealm(), user, settings).holds()) {
        if (settings.simIsEnough()) {
          SetByNumberListener.accept(authSession);
        } else {
          SetByNumberListener.expect(authSession, user);
        }
        succeed();
      } else {
        askForMail();
      }
    }

    /** What ends here links that identity to the account, too: a code alone must not do that. */
    private boolean isBrokered() {
      return authSession.getAuthNote(AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE) != null;
    }

    /**
     * The second factor is asked for at the login that follows, not skipped by this one. Nor does
     * an action that an application has asked for come along: it could set up another factor.
     */
    private void succeed() {
      authSession.removeClientNote(Constants.KC_ACTION);
      authSession.removeClientNote(Constants.KC_ACTION_PARAMETER);
      authSession.setAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS, "true");
      context.setUser(user);
      context.getEvent().user(user).detail(Details.CREDENTIAL_TYPE, PhoneCredential.TYPE);
      context.success(PhoneCredential.TYPE);
    }

    /**
     * Keycloak's own, which says the same whether there is a user. Once: a page shown again sends
     * none.
     */
    private void askForMail() {
      if (authSession.getAuthNote(MAILED + execution) != null) {
        context.forkWithSuccessMessage(new FormMessage(Messages.EMAIL_SENT));
        return;
      }
      authSession.setAuthNote(MAILED + execution, "true");
      if (user != null) {
        context.setUser(user);
      }
      context
          .getSession()
          .getProvider(Authenticator.class, ResetCredentialEmail.PROVIDER_ID)
          .authenticate(context);
      context.clearUser();
    }

    /** Keycloak chooses without a name where a session or an identity provider brings the user. */
    private String typed() {
      String typed = authSession.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
      if (typed != null) {
        return typed;
      }
      return user == null ? "" : user.getUsername();
    }

    private OpenDoorForm form() {
      return new OpenDoorForm(context, challenges(), request());
    }

    private Challenges challenges() {
      return new Challenges(context.getSession(), authSession, context.getEvent());
    }

    private ChallengeRequest request() {
      Candidate candidate = Candidate.chosen(context, user);
      return new ChallengeRequest(
          Purpose.RESET,
          candidate.user(),
          candidate.number().orElse(NOBODYS),
          settings.codes(),
          Optional.of(new OpenDoor(execution, typed(), candidate.hindrance())));
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
