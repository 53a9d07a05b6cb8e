package com.smspm.keycloak.login;

import com.smspm.keycloak.challenge.ChallengeRequest;
import com.smspm.keycloak.challenge.Challenges;
import com.smspm.keycloak.challenge.OpenDoor;
import com.smspm.keycloak.challenge.RefusalText;
import com.smspm.keycloak.challenge.WaitMessage;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.credential.IdentifiedByNumber;
import com.smspm.keycloak.credential.PasskeyInstead;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.phone.NumberPolicy;
import com.smspm.keycloak.phone.NumberRefusal;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.PhoneLoginSettings;
import com.smspm.keycloak.settings.RealmSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A number, and a code sent to it, as the first factor. Whatever number is typed, the pages are the
 * same until the code is right.
 */
final class PhoneLoginAuthenticator implements Authenticator {

  /** As long as Keycloak's column for it. */
  private static final int LONGEST_NAME = 255;

  @Override
  public void authenticate(AuthenticationFlowContext context) {
    open(context, () -> new Step(context).show());
  }

  @Override
  public void action(AuthenticationFlowContext context) {
    open(context, () -> new Step(context).answer());
  }

  /** Not as a second step after the same number, either. */
  private static void open(AuthenticationFlowContext context, Door.Work work) {
    Door.open(
        context,
        PhoneLoginAuthenticatorFactory.ID,
        () -> {
          if (FirstFactor.isUsedInLogin(context)) {
            SecondStepPage.show(context);
          } else {
            work.run();
          }
        });
  }

  /** One request's work. */
  private static final class Step {

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel authSession;
    private final PhoneLoginSettings settings;
    private final NumberPolicy numbers;
    private final Challenges challenges;
    private final String execution;

    Step(AuthenticationFlowContext context) {
      this.context = context;
      this.authSession = context.getAuthenticationSession();
      this.settings = PhoneLoginSettings.of(context.getAuthenticatorConfig());
      this.numbers = RealmSettings.of(context.getRealm()).numbers();
      this.challenges = new Challenges(context.getSession(), authSession, context.getEvent());
      this.execution = context.getExecution().getId();
    }

    void show() {
      Optional<ChallengeRequest> request = request();
      context.challenge(
          request.isPresent() ? form(request.get()).page() : LoginNumberPage.first(this.view()));
    }

    void answer() {
      MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
      Optional<ChallengeRequest> request = request();
      if (Passkeys.isAnswer(context, form)) {
        Passkeys.answer(context, () -> LoginNumberPage.first(view()));
      } else if (form.containsKey("phoneNumber")) {
        enter(form);
      } else if (request.isEmpty()) {
        show();
      } else if (form.containsKey("changeNumber")) {
        challenges.abandon(request.get());
        context.challenge(LoginNumberPage.first(view()));
      } else if (form.containsKey("resend")) {
        form(request.get()).resend();
      } else if (form(request.get()).verify(form.getFirst("code"))) {
        succeed(request.get().user());
      }
    }

    private void enter(MultivaluedMap<String, String> form) {
      rememberMe("on".equals(form.getFirst("rememberMe")));
      String typed = form.getFirst("phoneNumber");
      String country = form.getFirst("country");
      // Nobody learns anything about accounts from what is no number; all else looks the same
      Runnable next =
          numbers
              .read(typed, country)
              .fold(
                  number -> () -> ask(request(number), typed, country),
                  refusal -> () -> refused(refusal, typed, country));
      next.run();
    }

    private void ask(ChallengeRequest request, String typed, String country) {
      request()
          .filter(before -> !before.number().equals(request.number()))
          .ifPresent(challenges::abandon);
      switch (challenges.ask(request)) {
        case SENT, PRESENT, LOCKED, REFUSED -> context.challenge(form(request).page());
        case MUST_WAIT -> {
          WaitMessage wait =
              WaitMessage.of(Math.max(1, challenges.status(request).secondsUntilResend()));
          context.challenge(
              LoginNumberPage.again(view(), country, typed, wait.key(), wait.parameter()));
        }
      }
    }

    private void refused(NumberRefusal refusal, String typed, String country) {
      boolean name = isName(refusal, typed);
      if (name && passesNamesOn()) {
        // Not looked up here: whether there is such a user is the next way's to say, or not to
        authSession.setClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM, typed.strip());
        context.attempted();
        return;
      }
      String error =
          passesNamesOn() && refusal == NumberRefusal.EMPTY
              ? "smspmLoginEmpty"
              : RefusalText.of(refusal);
      context.challenge(LoginNumberPage.again(view(), country, typed, error));
    }

    /** Digits alone may be a name too; where a country is missing they rather are a number. */
    private static boolean isName(NumberRefusal refusal, String typed) {
      return switch (refusal) {
        case EMPTY, COUNTRY_MISSING -> false;
        case NOT_A_NUMBER -> typed.length() <= LONGEST_NAME;
        default -> !typed.strip().startsWith("+");
      };
    }

    /** Only where another way can take the name: this one never logs in by it. */
    private boolean passesNamesOn() {
      return settings.usernames()
          && context.getExecution().isAlternative()
          && context.getAuthenticationSelections().stream()
              .anyMatch(way -> !way.getAuthExecId().equals(execution));
    }

    private void succeed(UserModel user) {
      // The number must not take the place of the user's name, which events and cookies show
      authSession.removeAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
      if (!SecondStep.isBehindAnother(context)) {
        IdentifiedByNumber.remember(authSession, user);
      }
      context.setUser(user);
      PasskeyInstead.forget(authSession);
      context
          .getEvent()
          .user(user)
          .detail(Details.USERNAME, user.getUsername())
          .detail(Details.CREDENTIAL_TYPE, PhoneCredential.TYPE);
      context.success(PhoneCredential.TYPE);
    }

    private void rememberMe(boolean wanted) {
      if (wanted && context.getRealm().isRememberMe()) {
        authSession.setAuthNote(Details.REMEMBER_ME, "true");
        context.getEvent().detail(Details.REMEMBER_ME, "true");
      } else {
        authSession.removeAuthNote(Details.REMEMBER_ME);
      }
    }

    private LoginNumberPage.View view() {
      return new LoginNumberPage.View(context, numbers, passesNamesOn());
    }

    private OpenDoorForm form(ChallengeRequest request) {
      return new OpenDoorForm(context, challenges, request);
    }

    /** About the number that was typed before. */
    private Optional<ChallengeRequest> request() {
      return challenges.numberTyped(execution).flatMap(PhoneNumber::ofE164).map(this::request);
    }

    private ChallengeRequest request(PhoneNumber number) {
      Candidate candidate = Candidate.byNumber(context, number);
      return new ChallengeRequest(
          Purpose.PHONE_LOGIN,
          candidate.user(),
          number,
          settings.codes(),
          Optional.of(new OpenDoor(execution, number.e164(), candidate.hindrance())));
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
