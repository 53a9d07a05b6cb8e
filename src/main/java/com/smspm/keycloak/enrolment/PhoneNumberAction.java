package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.ChallengeRequest;
import com.smspm.keycloak.challenge.ChallengeStatus;
import com.smspm.keycloak.challenge.Challenges;
import com.smspm.keycloak.challenge.CodePage;
import com.smspm.keycloak.challenge.Issued;
import com.smspm.keycloak.challenge.RefusalText;
import com.smspm.keycloak.code.CodeInput;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.code.Verdict;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.RealmSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Sets up or changes the number: the credential exists only once a code sent there was entered.
 *
 * <p>As a {@link CredentialRegistrator} it has Keycloak ask for the level at which the number is a
 * factor, before an application can have it changed: or a password alone would replace the factor
 * beside it.
 */
final class PhoneNumberAction implements RequiredActionProvider, CredentialRegistrator {

  private static final Logger LOG = Logger.getLogger(PhoneNumberAction.class);

  @Override
  public InitiatedActionSupport initiatedActionSupport() {
    return InitiatedActionSupport.SUPPORTED;
  }

  @Override
  public String getCredentialType(
      KeycloakSession session, AuthenticationSessionModel authenticationSession) {
    return PhoneCredential.TYPE;
  }

  @Override
  public void evaluateTriggers(RequiredActionContext context) {
    NumberCare.take(context);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }

  @Override
  public void requiredActionChallenge(RequiredActionContext context) {
    try {
      Step step = new Step(context);
      context.challenge(step.firstPage());
    } catch (InvalidSettings e) {
      refuse(context, e);
    }
  }

  @Override
  public void processAction(RequiredActionContext context) {
    try {
      new Step(context).answer().ifPresent(context::challenge);
    } catch (InvalidSettings e) {
      refuse(context, e);
    }
  }

  @Override
  public void close() {}

  private static void refuse(RequiredActionContext context, InvalidSettings problem) {
    LOG.errorf(
        "Realm %s: the required action %s refuses to run: %s",
        context.getRealm().getName(), PhoneNumberActionFactory.ID, problem.getMessage());
    context.getEvent().clone().event(EventType.UPDATE_CREDENTIAL).error(Errors.INVALID_CONFIG);
    context.challenge(
        context
            .form()
            .setError("smspmNotAvailable")
            .createErrorPage(Response.Status.SERVICE_UNAVAILABLE));
  }

  /** One request's work. */
  private static final class Step {

    private final RequiredActionContext context;
    private final RealmSettings settings;
    private final Challenges challenges;
    private final Confirmation confirmation;

    /** As it stood at the beginning: the right code ends it. */
    private final Optional<PhoneCredential> due;

    Step(RequiredActionContext context) {
      this.context = context;
      this.settings = RealmSettings.of(context.getRealm());
      this.challenges =
          new Challenges(
              context.getSession(), context.getAuthenticationSession(), context.getEvent());
      this.confirmation = new Confirmation(context, settings.life());
      this.due = confirmation.due();
    }

    /** Whether the number is still the user's; or which it is, also where an app wants to know. */
    private Response startPage() {
      return due.isPresent() && !appInitiated()
          ? confirmationPage().show(context.form())
          : numberPage(null, null).show(context.form());
    }

    private ConfirmationPage confirmationPage() {
      return new ConfirmationPage(
          due.orElseThrow().number(),
          confirmation.isPostponable(),
          confirmation.isChangePossible());
    }

    private boolean isChangeRefused() {
      return due.isPresent() && !appInitiated() && !confirmation.isChangePossible();
    }

    /** The number that is being proven now. */
    Optional<ChallengeRequest> request() {
      return challenges
          .numberOf(Purpose.ENROLMENT, context.getUser().getId())
          .flatMap(PhoneNumber::ofE164)
          .map(this::request);
    }

    private ChallengeRequest request(PhoneNumber number) {
      return new ChallengeRequest(
          Purpose.ENROLMENT, context.getUser(), number, settings.enrolment());
    }

    /**
     * The code page where a number is known, be it from sign-up; showing it again sends nothing.
     */
    Response firstPage() {
      return request()
          .map(request -> codePage(request).show(context.form()))
          .or(
              () ->
                  SignUpNumber.take(context.getAuthenticationSession(), context.getUser())
                      .map(number -> issue(request(number), number.e164(), null)))
          .orElseGet(this::startPage);
    }

    /** The page that answers the form; none when the action is complete. */
    Optional<Response> answer() {
      MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
      Optional<ChallengeRequest> request = request();
      if (isChangeRefused() && form.containsKey("phoneNumber")) {
        return Optional.of(startPage());
      }
      if (form.containsKey("phoneNumber")) {
        return Optional.of(enter(form.getFirst("phoneNumber"), form.getFirst("country")));
      }
      if (due.isPresent() && form.containsKey("confirmNumber")) {
        return Optional.of(confirm(request(due.get().number())));
      }
      if (due.isPresent() && form.containsKey("later") && confirmation.isPostponable()) {
        confirmation.postpone();
        request.ifPresent(challenges::abandon);
        context.success();
        return Optional.empty();
      }
      if (form.containsKey("changeNumber")) {
        return Optional.of(changeNumber(request));
      }
      if (request.isEmpty()) {
        return Optional.of(firstPage());
      }
      if (form.containsKey("resend")) {
        Issued issued = challenges.resend(request.get());
        return Optional.of(codePage(request.get()).show(context.form(), issued));
      }
      return verify(request.get(), form);
    }

    private Response enter(String typed, String country) {
      return settings
          .numbers()
          .check(typed, country)
          .fold(
              number -> issue(request(number), typed, country),
              refusal -> numberPage(country, typed).show(context.form(), RefusalText.of(refusal)));
    }

    private Response changeNumber(Optional<ChallengeRequest> request) {
      boolean failed = request.filter(it -> challenges.status(it).isSendingFailed()).isPresent();
      if (isChangeRefused() && !failed) {
        return startPage();
      }
      request.ifPresent(challenges::abandon);
      if (failed && due.isPresent()) {
        confirmation.noteTrouble();
        return startPage();
      }
      return numberPage(null, null).show(context.form());
    }

    private Response confirm(ChallengeRequest request) {
      Issued issued = challenges.ask(request);
      if (issued == Issued.SENT || issued == Issued.PRESENT) {
        return codePage(request).show(context.form());
      }
      confirmation.noteTrouble();
      long wait = challenges.status(request).secondsUntilResend();
      return issued == Issued.MUST_WAIT && wait > 0
          ? confirmationPage().show(context.form(), "smspmMustWait", wait)
          : confirmationPage().show(context.form(), "smspmRefused");
    }

    private Response issue(ChallengeRequest request, String typed, String country) {
      return switch (challenges.ask(request)) {
        case SENT, PRESENT, LOCKED -> codePage(request).show(context.form());
        case MUST_WAIT ->
            numberPage(country, typed)
                .show(
                    context.form(),
                    "smspmMustWait",
                    Math.max(1, challenges.status(request).secondsUntilResend()));
        case REFUSED ->
            challenges.status(request).exhausted()
                ? codePage(request).show(context.form())
                : numberPage(country, typed).show(context.form(), "smspmRefused");
      };
    }

    private Optional<Response> verify(
        ChallengeRequest request, MultivaluedMap<String, String> form) {
      Verdict verdict = challenges.verify(request, CodeInput.of(form.getFirst("code")));
      if (verdict.kind() == Verdict.Kind.ACCEPTED) {
        store(request.number(), "on".equals(form.getFirst("logout-sessions")));
        return Optional.empty();
      }
      if (verdict.kind() == Verdict.Kind.TAKEN) {
        event().detail("smspm_reason", "number_taken").error(Errors.NOT_ALLOWED);
        return Optional.of(numberPage(null, null).show(context.form(), "smspmNumberTaken"));
      }
      if (verdict.guessed()) {
        event().error(Errors.INVALID_USER_CREDENTIALS);
      }
      return Optional.of(codePage(request).show(context.form(), verdict));
    }

    private void store(PhoneNumber number, boolean signOutOthers) {
      context.getEvent().event(EventType.UPDATE_CREDENTIAL);
      context.getEvent().detail(Details.CREDENTIAL_TYPE, PhoneCredential.TYPE);
      Optional<PhoneNumber> before =
          PhoneCredentialProvider.find(context.getUser()).map(PhoneCredential::number);
      boolean same = before.filter(number::equals).isPresent();
      if (signOutOthers) {
        AuthenticatorUtil.logoutOtherSessions(context);
      }
      // As if it were a step of the flow, for the tokens' amr
      AuthenticatorUtils.updateCompletedExecutions(
          context.getAuthenticationSession(), null, PhoneNumberActionFactory.ID);
      if (same && due.isPresent()) {
        // It stays the credential that it was, and so does what hangs on it
        PhoneCredentialProvider.confirm(context.getUser(), now());
        context.success();
        return;
      }
      PhoneCredentialProvider.of(context.getSession())
          .prove(context.getRealm(), context.getUser(), PhoneCredential.proven(number, now()));
      context.success();
    }

    private EventBuilder event() {
      return context
          .getEvent()
          .clone()
          .event(EventType.UPDATE_CREDENTIAL)
          .detail(Details.CREDENTIAL_TYPE, PhoneCredential.TYPE);
    }

    CodePage codePage(ChallengeRequest request) {
      ChallengeStatus status = challenges.status(request);
      return due.isPresent() && !appInitiated()
          ? CodePage.ofConfirmation(request, status, confirmation.isChangePossible())
          : CodePage.ofEnrolment(request, status, appInitiated());
    }

    NumberPage numberPage(String country, String typed) {
      return new NumberPage(
          settings.numbers(),
          context.getSession().getContext().resolveLocale(context.getUser()),
          PhoneCredentialProvider.find(context.getUser()).map(PhoneCredential::number),
          strongerOffered(),
          appInitiated(),
          country,
          typed);
    }

    /** Keycloak's own test: what the login needs as well cannot be cancelled. */
    private boolean appInitiated() {
      AuthenticationSessionModel session = context.getAuthenticationSession();
      return PhoneNumberActionFactory.ID.equals(
              session.getClientNote(Constants.KC_ACTION_EXECUTING))
          && !"true".equals(session.getClientNote(Constants.KC_ACTION_ENFORCED));
    }

    /** Whether users of this realm can set up something that is harder to intercept. */
    private boolean strongerOffered() {
      return context
          .getRealm()
          .getRequiredActionProvidersStream()
          .filter(action -> action.isEnabled())
          .map(action -> action.getProviderId())
          .anyMatch(
              id ->
                  id.equals("CONFIGURE_TOTP")
                      || id.equals("webauthn-register")
                      || id.equals("webauthn-register-passwordless"));
    }
  }
}
