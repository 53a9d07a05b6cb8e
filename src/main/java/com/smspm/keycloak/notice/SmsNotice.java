package com.smspm.keycloak.notice;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.delivery.SmsDelivery;
import com.smspm.keycloak.gateway.SmsMessage;
import com.smspm.keycloak.limits.Claims;
import com.smspm.keycloak.limits.NoticeBudgets;
import com.smspm.keycloak.message.NoticeText;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.RealmSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.theme.Theme;
import org.keycloak.urls.UrlType;

/** An SMS to a number that a user has used until now. */
final class SmsNotice {

  private static final Logger LOG = Logger.getLogger(SmsNotice.class);

  /** Late is better than never, up to here. */
  private static final Duration USEFUL = Duration.ofHours(1);

  private final KeycloakSession session;
  private final RealmModel realm;

  SmsNotice(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  void send(UserModel user, PhoneNumber to, String key, Locale locale, Instant now) {
    Optional<String> text = text(key, locale);
    if (text.isEmpty()) {
      LOG.warnf("Realm %s: the text of %s cannot be used, so no message is sent", name(), key);
      return;
    }
    Optional<Claims> claims = claim(user, to);
    if (claims.isEmpty()) {
      LOG.infof(
          "Realm %s: no message to %s about the change of a number, as the settings or the budget"
              + " for notices say",
          name(), to.masked());
      return;
    }
    session
        .getProvider(SmsDelivery.class)
        .send(
            realm,
            new SmsMessage(
                KeycloakModelUtils.generateId(), Purpose.NOTICE, to, text.get(), Optional.empty()),
            now.plus(USEFUL),
            claims.get()::release);
  }

  private String name() {
    return realm.getName();
  }

  /** A number that the realm refuses by now gets no notice either: whatever is sent is paid for. */
  private Optional<Claims> claim(UserModel user, PhoneNumber to) {
    try {
      RealmSettings settings = RealmSettings.of(realm);
      boolean allowed = settings.numbers().check(to).fold(yes -> true, refusal -> false);
      return allowed
          ? new NoticeBudgets(session, realm)
              .claimSms(to.e164(), user.getId(), settings.life().noticesPerHour())
          : Optional.empty();
    } catch (InvalidSettings e) {
      return Optional.empty(); // whatever runs with these settings says so
    }
  }

  private Optional<String> text(String key, Locale locale) {
    try {
      Theme theme = session.theme().getTheme(Theme.Type.LOGIN);
      Properties standard = theme.getMessages(locale);
      Optional<String> own =
          Optional.ofNullable(theme.getEnhancedMessages(realm, locale).getProperty(key));
      return NoticeText.compose(
          standard.getProperty(key),
          own,
          locale,
          List.of(Realms.nameOf(realm), realm.getName()),
          Optional.ofNullable(
              session.getContext().getUri(UrlType.FRONTEND).getBaseUri().getHost()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
