package com.smspm.keycloak.enrolment;

import com.smspm.keycloak.challenge.ShownNumber;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.credential.Proofs;
import com.smspm.keycloak.credential.Shown;
import com.smspm.keycloak.settings.LifeSettings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.common.util.Time;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether a user is to be asked if the number is still theirs. People change numbers and do not
 * think of old accounts, and operators give numbers to others.
 */
final class Confirmation {

  private static final String POSTPONED = "smspm.confirm-later";
  private static final String BEFORE_CHANGE = "smspm.confirmed-before-change";
  private static final String TROUBLE = "smspm.confirm-trouble";

  private final RequiredActionContext context;
  private final AuthenticationSessionModel authSession;
  private final int months;
  private final Optional<PhoneCredential> own;
  private final Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());

  Confirmation(RequiredActionContext context, LifeSettings settings) {
    this.context = context;
    this.authSession = context.getAuthenticationSession();
    this.months = settings.reverifyMonths();
    // Looked for only where it matters: every login comes by here
    this.own = months == 0 ? Optional.empty() : PhoneCredentialProvider.find(context.getUser());
  }

  /** The number to ask about; nothing when there is nothing to ask. */
  Optional<PhoneCredential> due() {
    return own.filter(it -> isOlderThan(it, months))
        .filter(it -> !ShownNumber.is(authSession, it.number()))
        .filter(it -> authSession.getAuthNote(POSTPONED) == null);
  }

  /** The number that another one must not replace yet; nothing where enough was shown. */
  Optional<PhoneCredential> beforeChange() {
    boolean enough =
        authSession.getAuthNote(BEFORE_CHANGE) != null
            || new Proofs(context.getSession(), authSession, context.getUser())
                .isMoreThanPassword();
    return enough ? Optional.empty() : PhoneCredentialProvider.find(context.getUser());
  }

  /** A code to the number was entered: another one can be, in this login. */
  void noteBeforeChange() {
    authSession.setAuthNote(BEFORE_CHANGE, "true");
  }

  /**
   * Whether a code to the number was entered in this very login, and that is worth writing down:
   * half of the time is over, so that whoever logs in with codes is never asked.
   */
  boolean isProvenByTheWay() {
    return own.filter(it -> isOlderThan(it, Math.max(1, months / 2)))
        .filter(it -> ShownNumber.is(authSession, it.number()))
        .isPresent();
  }

  private boolean isOlderThan(PhoneCredential credential, int age) {
    return !credential
        .confirmedAt()
        .atOffset(ZoneOffset.UTC)
        .plusMonths(age)
        .toInstant()
        .isAfter(now);
  }

  /** No message can be sent: then a login that needs none must not be stuck here. */
  void noteTrouble() {
    authSession.setAuthNote(TROUBLE, "true");
  }

  boolean isPostponable() {
    return authSession.getAuthNote(TROUBLE) != null;
  }

  /**
   * Whether another number can take its place here: not where a password is all that was shown, as
   * on a trusted device.
   */
  boolean isChangePossible() {
    return Shown.in(context.getSession(), authSession).stream()
        .anyMatch(it -> !it.equals(PasswordCredentialModel.TYPE));
  }

  /** Not in this login. */
  void postpone() {
    authSession.setAuthNote(POSTPONED, "true");
  }
}
