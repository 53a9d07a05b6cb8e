package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.OneTimeCode;
import com.smspm.keycloak.message.SmsText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;
import org.keycloak.urls.UrlType;

/** Writes the message in the user's language, with the realm's own texts where it has them. */
final class CodeMessages {

  private static final Logger LOG = Logger.getLogger(CodeMessages.class);

  /**
   * The best text first; each further one leaves something out so that it fits into one segment.
   */
  private static final List<String> KEYS =
      List.of("smspmSmsText", "smspmSmsTextShort", "smspmSmsTextShorter", "smspmSmsTextShortest");

  private final KeycloakSession session;
  private final RealmModel realm;

  CodeMessages(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /**
   * @param user whose language it is; null while nobody is identified
   */
  String text(OneTimeCode code, UserModel user, int minutes) {
    Locale locale = session.getContext().resolveLocale(user);
    SmsText text =
        SmsText.compose(
            candidates(locale),
            locale,
            code.digits(),
            Optional.ofNullable(realm.getDisplayName())
                .filter(name -> !name.isBlank())
                .orElse(realm.getName()),
            minutes,
            Optional.ofNullable(
                session.getContext().getUri(UrlType.FRONTEND).getBaseUri().getHost()));
    if (!text.brokenCandidates().isEmpty()) {
      LOG.warnf(
          "Realm %s: these texts for messages in %s cannot be used and were passed over: %s",
          realm.getName(),
          locale.toLanguageTag(),
          text.brokenCandidates().stream().map(KEYS::get).toList());
    }
    if (!text.segments().isSingle()) {
      LOG.warnf(
          "Realm %s: a message in %s takes %d segments",
          realm.getName(), locale.toLanguageTag(), text.segments().count());
    }
    return text.text();
  }

  private List<String> candidates(Locale locale) {
    try {
      Properties texts =
          session.theme().getTheme(Theme.Type.LOGIN).getEnhancedMessages(realm, locale);
      return KEYS.stream().map(texts::getProperty).filter(Objects::nonNull).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
