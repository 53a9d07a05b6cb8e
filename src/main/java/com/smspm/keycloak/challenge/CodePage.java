package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Verdict;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/**
 * The page for entering a code, the same at every door. The getters are what {@code smspm-code.ftl}
 * sees as {@code smspm}, beside {@link PageTexts}.
 */
public final class CodePage {

  private static final String TEMPLATE = "smspm-code.ftl";
  private static final String FIELD = "code";

  private final ChallengeRequest request;
  private final ChallengeStatus status;
  private final boolean enrolment;
  private final boolean appInitiated;
  private final Duration trust;
  private final boolean trustChosen;

  private CodePage(
      ChallengeRequest request,
      ChallengeStatus status,
      boolean enrolment,
      boolean appInitiated,
      Duration trust,
      boolean trustChosen) {
    this.request = request;
    this.status = status;
    this.enrolment = enrolment;
    this.appInitiated = appInitiated;
    this.trust = trust;
    this.trustChosen = trustChosen;
  }

  /** The page of a login. */
  public static CodePage ofLogin(ChallengeRequest request, ChallengeStatus status) {
    return new CodePage(request, status, false, false, Duration.ZERO, false);
  }

  /** The page of a login for which no code can be sent: it leads to the other ways. */
  public static Response refused(ChallengeRequest request, LoginFormsProvider form) {
    ChallengeStatus nothing =
        new ChallengeStatus(false, 0, 0, false, Optional.empty(), false, true, true);
    return ofLogin(request, nothing).show(form.setAttribute("smspmRefused", true));
  }

  /**
   * The page of a number that is being set up: it can be corrected, and given up where asked for.
   */
  public static CodePage ofEnrolment(
      ChallengeRequest request, ChallengeStatus status, boolean appInitiated) {
    return new CodePage(request, status, true, appInitiated, Duration.ZERO, false);
  }

  /**
   * The page of a number that was set up before and is confirmed. Where no other number can take
   * its place, the way back is offered only in trouble, where it leads to putting it off.
   *
   * @param beforeChange whether an application wants it to be changed, which can be given up
   */
  public static CodePage ofConfirmation(
      ChallengeRequest request,
      ChallengeStatus status,
      boolean changePossible,
      boolean beforeChange) {
    boolean back = changePossible || status.isSendingFailed();
    return new CodePage(request, status, back, beforeChange, Duration.ZERO, false);
  }

  /**
   * The same page with the choice not to be asked on this device again.
   *
   * @param life for how long; zero for no choice
   * @param chosen whether it was chosen before, with a code that was not right
   */
  public CodePage offering(Duration life, boolean chosen) {
    return new CodePage(request, status, enrolment, appInitiated, life, chosen);
  }

  /** The page as it is. */
  public Response show(LoginFormsProvider form) {
    return form.setAttribute("smspm", this)
        .setAttribute("smspmTexts", new PageTexts())
        .createForm(TEMPLATE);
  }

  /** The page after a try that was not accepted. */
  public Response show(LoginFormsProvider form, Verdict verdict) {
    return switch (verdict.kind()) {
      case ACCEPTED -> show(form);
      case WRONG -> withError(form, "smspmCodeWrong", verdict.attemptsLeft());
      case EMPTY -> withError(form, "smspmCodeMissing");
      case MALFORMED -> withError(form, "smspmCodeMalformed", getCodeLength());
      case EXPIRED -> withError(form, "smspmCodeExpired");
      case EXHAUSTED, LOCKED -> show(form); // the page's own lead says so
      case TAKEN -> withError(form, "smspmNumberTaken");
      case NONE -> withError(form, "smspmCodeNone");
    };
  }

  /** The page after a request for another code. */
  public Response show(LoginFormsProvider form, Issued issued) {
    return switch (issued) {
      case SENT, PRESENT, LOCKED -> show(form);
      case MUST_WAIT ->
          // Without a live code the page's own lead says so, and nobody has done anything wrong
          status.live() && status.secondsUntilResend() > 0 ? mustWait(form) : show(form);
      case REFUSED -> status.exhausted() ? show(form) : withError(form, "smspmRefused");
    };
  }

  private Response mustWait(LoginFormsProvider form) {
    WaitMessage wait = WaitMessage.of(status.secondsUntilResend());
    return withError(form, wait.key(), wait.parameter());
  }

  private Response withError(LoginFormsProvider form, String message, Object... parameters) {
    return show(form.addError(new FormMessage(FIELD, message, parameters)));
  }

  /** Nobody is identified: the page must not tell whether anybody can receive a code. */
  public boolean isVeiled() {
    return request.door().isPresent();
  }

  /** The number that was typed just now, which may be shown as it is; else empty. */
  public String getTypedNumber() {
    return request.isNumberTyped() ? request.number().e164() : "";
  }

  /** Where the mail is the other way, and this page has to offer it itself. */
  public boolean isMailOffered() {
    return isVeiled() && !request.isNumberTyped();
  }

  public String getMaskedNumber() {
    return isVeiled() ? getTypedNumber() : request.number().masked();
  }

  /** How long to wait for another message, as a text and its parameter. */
  public WaitMessage getWait() {
    return WaitMessage.of(status.secondsUntilResend());
  }

  public int getCodeLength() {
    return request.policy().length();
  }

  public boolean isLive() {
    return status.live();
  }

  public long getSecondsValid() {
    return status.secondsValid();
  }

  public long getSecondsUntilResend() {
    return status.secondsUntilResend();
  }

  public boolean isResendPossible() {
    return !status.exhausted() && !status.locked();
  }

  public boolean isChangeNumberPossible() {
    return (enrolment || request.isNumberTyped()) && isResendPossible();
  }

  public boolean isExhausted() {
    return status.exhausted();
  }

  public boolean isLocked() {
    return status.locked();
  }

  public boolean isSendingFailed() {
    return status.isSendingFailed();
  }

  /** {@code queued}, {@code accepted} and so on; empty where no code is waited for. */
  public String getDeliveryState() {
    return status.live()
        ? status.delivery().map(it -> it.state().name().toLowerCase(Locale.ROOT)).orElse("queued")
        : "";
  }

  /** Where the page can ask for more; empty where nothing more will be learnt. */
  public String getDeliveryPath() {
    return status.delivery().filter(it -> !it.complete()).map(it -> it.path()).orElse("");
  }

  public boolean isAppInitiated() {
    return appInitiated;
  }

  public boolean isAskSignOutOthers() {
    return enrolment && appInitiated;
  }

  /** For how many days the device can be trusted; 0 for no choice. */
  public long getTrustDays() {
    return trust.toDays();
  }

  public boolean isTrustChosen() {
    return trustChosen;
  }

  public boolean isSentAgain() {
    return status.sentAgain();
  }

  /** Also where nothing can be entered: whatever the reason, this way is not going well. */
  public boolean isOtherWaysSuggested() {
    return status.stuck() || status.isSendingFailed() || !status.live();
  }
}
