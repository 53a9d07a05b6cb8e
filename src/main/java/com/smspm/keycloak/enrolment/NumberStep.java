package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.ChallengeRequest;
import com.smspm.keycloak.challenge.ChallengeStatus;
import com.smspm.keycloak.challenge.Challenges;
import com.smspm.keycloak.challenge.CodePage;
import com.smspm.keycloak.challenge.Issued;
import com.smspm.keycloak.challenge.RefusalText;
import com.smspm.keycloak.challenge.WaitMessage;
import com.smspm.keycloak.code.CodeInput;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.code.Verdict;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.RealmSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A number is entered, a code is sent to it, and the code proves it: one request's work. */
final class NumberStep {

  private final RequiredActionContext context;
  private final RealmSettings settings;
  private final Challenges challenges;
  private final Reverification reverification;

  /**
   * @throws com.smspm.keycloak.settings.InvalidSettings when the realm's settings cannot be used
   */
  NumberStep(RequiredActionContext context) {
    this.context = context;
    this.settings = RealmSettings.of(context.getRealm());
    this.challenges =
        new Challenges(
            context.getSession(), context.getAuthenticationSession(), context.getEvent());
    this.reverification =
        new Reverification(context, challenges, settings.life(), isAppInitiated());
  }

  /** The code page where a number is known, be it from sign-up; showing it again sends nothing. */
  Response firstPage() {
    return request()
        .map(request -> codePage(request).show(context.form()))
        .or(
            () ->
                SignUpNumber.take(context.getAuthenticationSession(), context.getUser())
                    .map(number -> issue(request(number), number.e164(), null)))
        .orElseGet(this::startPage);
  }

  /** Whether the number is still the user's; or which it is, also where an app wants to know. */
  private Response startPage() {
    return reverification.isAsked()
        ? reverification.page()
        : numberPage(null, null).show(context.form());
  }

  /** The page that answers the form; none when the action is complete. */
  Optional<Response> answer() {
    MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
    Optional<ChallengeRequest> request = request();
    if (form.containsKey("phoneNumber")) {
      return Optional.of(enter(form.getFirst("phoneNumber"), form.getFirst("country")));
    }
    if (reverification.isDue() && form.containsKey("confirmNumber")) {
      ChallengeRequest again = request(reverification.number());
      return Optional.of(reverification.confirm(again, () -> codePage(again).show(context.form())));
    }
    if (reverification.isDue() && form.containsKey("later") && reverification.putOff(request)) {
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
    if (reverification.isChangeRefused()) {
      return startPage();
    }
    return settings
        .numbers()
        .check(typed, country)
        .fold(
            number -> issue(request(number), typed, country),
            refusal -> numberPage(country, typed).show(context.form(), RefusalText.of(refusal)));
  }

  private Response changeNumber(Optional<ChallengeRequest> request) {
    boolean failed = request.filter(it -> challenges.status(it).isSendingFailed()).isPresent();
    if (reverification.isChangeRefused() && !failed) {
      return startPage();
    }
    request.ifPresent(challenges::abandon);
    if (failed && reverification.isDue()) {
      reverification.noteTrouble();
      return startPage();
    }
    return numberPage(null, null).show(context.form());
  }

  private Response issue(ChallengeRequest request, String typed, String country) {
    return switch (challenges.ask(request)) {
      case SENT, PRESENT, LOCKED -> codePage(request).show(context.form());
      case MUST_WAIT -> {
        WaitMessage wait =
            WaitMessage.of(Math.max(1, challenges.status(request).secondsUntilResend()));
        yield numberPage(country, typed).show(context.form(), wait.key(), wait.parameter());
      }
      case REFUSED ->
          challenges.status(request).exhausted()
              ? codePage(request).show(context.form())
              : numberPage(country, typed).show(context.form(), "smspmRefused");
    };
  }

  private Optional<Response> verify(ChallengeRequest request, MultivaluedMap<String, String> form) {
    Verdict verdict = challenges.verify(request, CodeInput.of(form.getFirst("code")));
    if (verdict.kind() == Verdict.Kind.ACCEPTED && reverification.opensChange()) {
      PhoneCredentialProvider.confirm(context.getUser(), now());
      return Optional.of(numberPage(null, null).show(context.form()));
    }
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
    if (signOutOthers) {
      AuthenticatorUtil.logoutOtherSessions(context);
    }
    // As if it were a step of the flow, for the tokens' amr
    AuthenticatorUtils.updateCompletedExecutions(
        context.getAuthenticationSession(), null, PhoneNumberActionFactory.ID);
    if (reverification.isDue() && current().filter(number::equals).isPresent()) {
      // It stays the credential that it was, and so does what hangs on it
      PhoneCredentialProvider.confirm(context.getUser(), now());
    } else {
      PhoneCredentialProvider.of(context.getSession())
          .prove(context.getRealm(), context.getUser(), PhoneCredential.proven(number, now()));
    }
    context.success();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }

  /** The number that is being proven now. */
  private Optional<ChallengeRequest> request() {
    return challenges
        .numberOf(Purpose.ENROLMENT, context.getUser().getId())
        .flatMap(PhoneNumber::ofE164)
        .map(this::request);
  }

  private ChallengeRequest request(PhoneNumber number) {
    return new ChallengeRequest(Purpose.ENROLMENT, context.getUser(), number, settings.enrolment());
  }

  private EventBuilder event() {
    return context
        .getEvent()
        .clone()
        .event(EventType.UPDATE_CREDENTIAL)
        .detail(Details.CREDENTIAL_TYPE, PhoneCredential.TYPE);
  }

  private CodePage codePage(ChallengeRequest request) {
    ChallengeStatus status = challenges.status(request);
    return reverification.isAsked()
        ? reverification.codePage(request, status)
        : CodePage.ofEnrolment(request, status, isAppInitiated());
  }

  private NumberPage numberPage(String country, String typed) {
    return new NumberPage(
        settings.numbers(),
        context.getSession().getContext().resolveLocale(context.getUser()),
        current(),
        isStrongerOffered(),
        isAppInitiated(),
        country,
        typed);
  }

  private Optional<PhoneNumber> current() {
    return PhoneCredentialProvider.find(context.getUser()).map(PhoneCredential::number);
  }

  /** Keycloak's own test: what the login needs as well cannot be cancelled. */
  private boolean isAppInitiated() {
    AuthenticationSessionModel session = context.getAuthenticationSession();
    return PhoneNumberActionFactory.ID.equals(session.getClientNote(Constants.KC_ACTION_EXECUTING))
        && !"true".equals(session.getClientNote(Constants.KC_ACTION_ENFORCED));
  }

  /** Whether users of this realm can set up something that is harder to intercept. */
  private boolean isStrongerOffered() {
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
