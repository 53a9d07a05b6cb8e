package com.smspm.keycloak.notice;

import com.smspm.keycloak.credential.NumberChange;
import com.smspm.keycloak.device.DeviceName;
import com.smspm.keycloak.limits.NoticeBudgets;
import com.smspm.keycloak.phone.PhoneNumber;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Decides who is told of what, by which way, and how often. */
final class DefaultNotices implements Notices {

  /** Stands for a number that nobody knows any more. */
  private static final String UNKNOWN = "••••";

  private final KeycloakSession session;
  private final MailThreads threads;

  DefaultNotices(KeycloakSession session, MailThreads threads) {
    this.session = session;
    this.threads = threads;
  }

  void numberChanged(NumberChange change) {
    Notice notice = Notice.of(change.kind());
    Optional<PhoneNumber> old = change.before().filter(it -> !change.now().equals(Optional.of(it)));
    if (notice.smsText().isPresent() && old.isPresent()) {
      new SmsNotice(session, change.realm())
          .send(change.user(), old.get(), notice.smsText().get(), language(change.user()), now());
    }
    String shown = change.now().or(change::before).map(PhoneNumber::masked).orElse(UNKNOWN);
    mail(change.realm(), change.user(), notice, List.of(shown));
  }

  @Override
  public void wrongCodes(RealmModel realm, UserModel user) {
    if (new NoticeBudgets(session, realm).isFirstOfDay("wrong-codes", user.getId())) {
      mail(realm, user, Notice.WRONG_CODES, List.of());
    }
  }

  @Override
  public void newBrowser(RealmModel realm, UserModel user) {
    String address = session.getContext().getConnection().getRemoteHost();
    mail(
        realm,
        user,
        Notice.NEW_BROWSER,
        List.of(DeviceName.of(session, realm, language(user)), address == null ? "" : address));
  }

  private void mail(RealmModel realm, UserModel user, Notice notice, List<String> about) {
    if (user.getEmail() == null
        || !new NoticeBudgets(session, realm).claimMail(notice, user.getId())) {
      return;
    }
    Mail mail =
        new Mail(
            session.getKeycloakSessionFactory(),
            realm.getId(),
            user.getId(),
            notice,
            now(),
            isByTheUser() ? Optional.of(language(user).toLanguageTag()) : Optional.empty(),
            about);
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                threads.submit(mail);
              }

              @Override
              protected void rollbackImpl() {}
            });
  }

  /** An admin's browser says nothing about the language of a user. */
  private Locale language(UserModel user) {
    return session.getContext().resolveLocale(user, !isByTheUser());
  }

  private boolean isByTheUser() {
    return session.getContext().getAuthenticationSession() != null;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }
}
