package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.ChallengeRequest;
import com.smspm.keycloak.challenge.ChallengeStatus;
import com.smspm.keycloak.challenge.Challenges;
import com.smspm.keycloak.challenge.CodePage;
import com.smspm.keycloak.challenge.Issued;
import com.smspm.keycloak.challenge.WaitMessage;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.LifeSettings;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.authentication.RequiredActionContext;

/**
 * The question whether a number is still its user's, and what can be answered to it: a code, not
 * now, or another number. It is asked too where an application wants the number to be changed and
 * nothing but a password was shown: a password alone must not replace the factor beside it. One
 * request's work.
 */
final class Reverification {

  private final RequiredActionContext context;
  private final Challenges challenges;
  private final Confirmation confirmation;
  private final boolean beforeChange;
  private final boolean asked;

  /** As it stood at the beginning: the right code ends it. */
  private final Optional<PhoneCredential> due;

  /**
   * @param appInitiated whether an application wants the number to be changed: then that is asked
   */
  Reverification(
      RequiredActionContext context,
      Challenges challenges,
      LifeSettings settings,
      boolean appInitiated) {
    this.context = context;
    this.challenges = challenges;
    this.confirmation = new Confirmation(context, settings);
    Optional<PhoneCredential> own = appInitiated ? confirmation.beforeChange() : Optional.empty();
    this.beforeChange = own.isPresent();
    this.due = own.or(confirmation::due);
    this.asked = due.isPresent() && (beforeChange || !appInitiated);
  }

  /** Whether the number has to be proven again. */
  boolean isDue() {
    return due.isPresent();
  }

  /** Whether this is what the user is asked now. */
  boolean isAsked() {
    return asked;
  }

  /** Whether it must be this number, or none for now. */
  boolean isChangeRefused() {
    return beforeChange || (asked && !confirmation.isChangePossible());
  }

  /**
   * The number was proven again.
   *
   * @return whether another one can be entered now
   */
  boolean opensChange() {
    if (beforeChange) {
      confirmation.noteBeforeChange();
    }
    return beforeChange;
  }

  /** The number that has to be proven again. */
  PhoneNumber number() {
    return due.orElseThrow().number();
  }

  Response page() {
    return confirmationPage().show(context.form());
  }

  CodePage codePage(ChallengeRequest request, ChallengeStatus status) {
    return CodePage.ofConfirmation(request, status, !isChangeRefused(), beforeChange);
  }

  /** Sends a code to the number; whoever gets none can put the question off. */
  Response confirm(ChallengeRequest request, Supplier<Response> codePage) {
    Issued issued = challenges.ask(request);
    if (issued == Issued.SENT || issued == Issued.PRESENT) {
      return codePage.get();
    }
    confirmation.noteTrouble();
    long seconds = challenges.status(request).secondsUntilResend();
    if (issued != Issued.MUST_WAIT || seconds <= 0) {
      return confirmationPage().show(context.form(), "smspmRefused");
    }
    WaitMessage wait = WaitMessage.of(seconds);
    return confirmationPage().show(context.form(), wait.key(), wait.parameter());
  }

  /** The message did not go out: the question again, which can be put off now. */
  void noteTrouble() {
    confirmation.noteTrouble();
  }

  /**
   * Not in this login.
   *
   * @return whether that is possible
   */
  boolean putOff(Optional<ChallengeRequest> request) {
    if (beforeChange || !confirmation.isPostponable()) {
      return false;
    }
    confirmation.postpone();
    request.ifPresent(challenges::abandon);
    return true;
  }

  private ConfirmationPage confirmationPage() {
    return new ConfirmationPage(
        number(), !beforeChange && confirmation.isPostponable(), !isChangeRefused(), beforeChange);
  }
}
