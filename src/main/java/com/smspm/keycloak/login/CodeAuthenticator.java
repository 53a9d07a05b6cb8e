package com.smspm.keycloak.login;

import com.smspm.keycloak.challenge.ChallengeRequest;
import com.smspm.keycloak.challenge.Challenges;
import com.smspm.keycloak.challenge.CodePage;
import com.smspm.keycloak.challenge.Issued;
import com.smspm.keycloak.challenge.Vouching;
import com.smspm.keycloak.code.CodeInput;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.code.Verdict;
import com.smspm.keycloak.credential.IdentifiedByNumber;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.settings.AccountSettings;
import com.smspm.keycloak.settings.CodeSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The code step: asks a user who is already identified for a code sent to the proven number. */
final class CodeAuthenticator
    implements Authenticator, CredentialValidator<PhoneCredentialProvider> {

  @Override
  public void authenticate(AuthenticationFlowContext context) {
    within(
        context,
        (challenges, request) -> {
          Issued issued = challenges.issue(request);
          context.challenge(page(context, challenges, request).show(context.form(), issued));
        });
  }

  @Override
  public void action(AuthenticationFlowContext context) {
    MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
    within(
        context,
        (challenges, request) -> {
          if (form.containsKey("resend")) {
            Issued issued = challenges.resend(request);
            context.challenge(page(context, challenges, request).show(context.form(), issued));
          } else {
            verify(context, challenges, request, CodeInput.of(form.getFirst("code")));
          }
        });
  }

  private static void verify(
      AuthenticationFlowContext context,
      Challenges challenges,
      ChallengeRequest request,
      CodeInput input) {
    String lockedOut =
        AuthenticatorUtils.getDisabledByBruteForceEventError(context, request.user());
    if (lockedOut != null) {
      // A locked account looks like a wrong code: the page is no oracle for it
      context.getEvent().user(request.user()).error(lockedOut);
      Verdict refused = challenges.refuse(request, input);
      context.forceChallenge(page(context, challenges, request).show(context.form(), refused));
      return;
    }
    Verdict verdict = challenges.verify(request, input);
    switch (verdict.kind()) {
      case ACCEPTED -> {
        // Before anything counts as shown because of this code
        TrustOffer.accept(context);
        if (request.purpose() == Purpose.LOGIN) {
          // In this order: to Keycloak's protection the code counts as a one-time password
          rememberFirstFactor(context);
          BruteForceBridge.accepted(context);
        }
        context.success(PhoneCredential.TYPE);
      }
      case EMPTY, MALFORMED ->
          context.challenge(page(context, challenges, request).show(context.form(), verdict));
      case WRONG, EXHAUSTED, LOCKED ->
          refuse(
              context,
              request.purpose(),
              verdict,
              page(context, challenges, request).show(context.form(), verdict));
      case EXPIRED, TAKEN, NONE -> {
        context.getEvent().user(request.user()).error(Errors.EXPIRED_CODE);
        context.challenge(page(context, challenges, request).show(context.form(), verdict));
      }
    }
  }

  /** Behind a name alone the code was the first factor, whatever comes after it. */
  private static void rememberFirstFactor(AuthenticationFlowContext context) {
    AuthenticationSessionModel login = context.getAuthenticationSession();
    if (SecondStep.isBehindAnother(context)) {
      IdentifiedByNumber.forget(login);
    } else if (LoginActionsService.AUTHENTICATE_PATH.equals(context.getFlowPath())
        && !isStepUp(context)) {
      IdentifiedByNumber.remember(login, context.getUser());
    }
  }

  /**
   * In a session of this user that stands on more than the number. Another user's may lie under the
   * same cookie, and Keycloak notices that only in the end.
   */
  private static boolean isStepUp(AuthenticationFlowContext context) {
    AuthenticationSessionModel login = context.getAuthenticationSession();
    UserSessionModel session =
        context
            .getSession()
            .sessions()
            .getUserSession(context.getRealm(), login.getParentSession().getId());
    String user = context.getUser().getId();
    return session != null
        && session.getUser() != null
        && user.equals(session.getUser().getId())
        && !IdentifiedByNumber.isSession(context.getSession(), login, user);
  }

  /**
   * Only a guess that was compared is a failure to Keycloak: refused tries prolong no lock. And
   * only behind another factor: no stranger may lock an account.
   */
  private static void refuse(
      AuthenticationFlowContext context, Purpose purpose, Verdict verdict, Response page) {
    EventBuilder event = context.getEvent().user(context.getUser());
    if (!verdict.guessed()) {
      event.detail("smspm_reason", verdict.kind().name().toLowerCase(Locale.ROOT));
    }
    event.error(Errors.INVALID_USER_CREDENTIALS);
    if (verdict.guessed() && purpose == Purpose.LOGIN) {
      BruteForceBridge.failed(context);
      context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, page);
    } else {
      context.forceChallenge(page);
    }
  }

  private static CodePage page(
      AuthenticationFlowContext context, Challenges challenges, ChallengeRequest request) {
    return CodePage.ofLogin(request, challenges.status(request))
        .offering(TrustOffer.of(context), TrustOffer.isChosen(context));
  }

  /** Everything that must hold before this step can do anything. */
  private static void within(
      AuthenticationFlowContext context, BiConsumer<Challenges, ChallengeRequest> step) {
    Door.open(context, CodeAuthenticatorFactory.ID, () -> withUser(context, step));
  }

  private static void withUser(
      AuthenticationFlowContext context, BiConsumer<Challenges, ChallengeRequest> step) {
    Optional<PhoneCredential> credential = PhoneCredentialProvider.stored(context.getUser());
    if (credential.isEmpty()) {
      context.getEvent().error(Errors.INVALID_USER_CREDENTIALS);
      context.failure(AuthenticationFlowError.CREDENTIAL_SETUP_REQUIRED);
      return;
    }
    if (Door.isReset(context) && !ResetAuthenticator.isMailProven(context)) {
      // Its page shows a number, and whether there is one, to whoever types a name
      Door.refuse(
          context,
          CodeAuthenticatorFactory.ID,
          "before the e-mail was shown to be the user's, a flow that resets credentials needs "
              + ResetAuthenticatorFactory.ID);
      return;
    }
    if (FirstFactor.isUsed(context)) {
      SecondStepPage.show(context);
      return;
    }
    context
        .getEvent()
        .detail(Details.CREDENTIAL_TYPE, PhoneCredential.TYPE)
        .detail(Details.SELECTED_CREDENTIAL_ID, credential.get().getId());
    TrustOffer.check(context);
    ChallengeRequest request =
        new ChallengeRequest(
            Door.isReset(context) ? Purpose.RESET : Purpose.LOGIN,
            context.getUser(),
            credential.get().number(),
            CodeSettings.of(context.getAuthenticatorConfig()));
    if (credential.get().isTaken()) {
      // Not skipped either: that would make this login weaker than the flow wants it
      context.getEvent().detail("smspm_reason", "number_taken").error(Errors.NOT_ALLOWED);
      context.forceChallenge(CodePage.refused(request, context.form()));
      return;
    }
    step.accept(
        new Challenges(
            context.getSession(), context.getAuthenticationSession(), context.getEvent()),
        request);
  }

  @Override
  public boolean requiresUser() {
    return true;
  }

  @Override
  public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
    Vouching.apply(session, realm, user);
    return user.credentialManager().isConfiguredFor(PhoneCredential.TYPE);
  }

  @Override
  public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
    AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
    if (!authSession.getRequiredActions().contains(AccountSettings.REALM_SETTINGS_ALIAS)) {
      authSession.addRequiredAction(AccountSettings.REALM_SETTINGS_ALIAS);
    }
  }

  @Override
  public List<RequiredActionFactory> getRequiredActions(KeycloakSession session) {
    return List.of(
        (RequiredActionFactory)
            session
                .getKeycloakSessionFactory()
                .getProviderFactory(
                    RequiredActionProvider.class, AccountSettings.REALM_SETTINGS_ALIAS));
  }

  @Override
  public PhoneCredentialProvider getCredentialProvider(KeycloakSession session) {
    return PhoneCredentialProvider.of(session);
  }

  @Override
  public void close() {}
}
