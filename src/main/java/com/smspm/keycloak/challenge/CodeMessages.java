package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.OneTimeCode;
import com.smspm.keycloak.message.PreparedText;
import com.smspm.keycloak.message.SmsText;
import com.smspm.keycloak.message.SmsText.Candidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;
import org.keycloak.urls.UrlType;

/** Writes the message in the user's language, with the realm's own texts where it has them. */
final class CodeMessages {

  private static final Logger LOG = Logger.getLogger(CodeMessages.class);
  private static final Said SAID = new Said();

  /**
   * The best text first; each further one leaves something out so that it fits into one segment.
   */
  private static final List<String> KEYS =
      List.of("smspmSmsText", "smspmSmsTextShort", "smspmSmsTextShorter", "smspmSmsTextShortest");

  /**
   * What themes say, for as long as Keycloak keeps the theme: to have all of its messages merged
   * for each message of ours would take longer than anything else here. Locales are those of the
   * realm.
   */
  private static final Map<Theme, Map<Locale, List<Candidate>>> STANDARD =
      Collections.synchronizedMap(new WeakHashMap<>());

  private static final Map<Form, Optional<PreparedText>> PREPARED = new ConcurrentHashMap<>();

  /** Realms, their languages, and how many minutes are left; beyond this they are made anew. */
  private static final int MOST_PREPARED = 1000;

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
    List<Candidate> candidates = candidates(locale);
    Form form =
        new Form(
            candidates,
            locale,
            Optional.ofNullable(realm.getDisplayName())
                .filter(name -> !name.isBlank())
                .orElse(realm.getName()),
            minutes,
            Optional.ofNullable(
                session.getContext().getUri(UrlType.FRONTEND).getBaseUri().getHost()),
            code.digits().length());
    SmsText text = form.with(code.digits());
    warn(text, locale, candidates);
    return text.text();
  }

  /** All that the text of a code depends on, but for the code. */
  private record Form(
      List<Candidate> candidates,
      Locale locale,
      String name,
      int minutes,
      Optional<String> host,
      int codeLength) {

    SmsText with(String code) {
      if (PREPARED.size() >= MOST_PREPARED) {
        PREPARED.clear();
      }
      return PREPARED
          .computeIfAbsent(this, it -> PreparedText.of(codeLength, this::compose))
          .map(prepared -> prepared.with(code))
          .orElseGet(() -> compose(code));
    }

    private SmsText compose(String code) {
      return SmsText.compose(candidates, locale, code, name, minutes, host);
    }
  }

  /** Of what an admin has written and may not have meant so: once an hour, not once a message. */
  private void warn(SmsText text, Locale locale, List<Candidate> candidates) {
    String language = locale.toLanguageTag();
    List<String> broken = text.brokenCandidates().stream().map(KEYS::get).toList();
    if (!broken.isEmpty() && SAID.isNew(realm.getId(), language, broken, candidates)) {
      LOG.warnf(
          "Realm %s, language %s: the text of %s cannot be used for a message and is passed"
              + " over for the next best",
          realm.getName(), language, String.join(", ", broken));
    }
    int segments = text.segments().count();
    if (segments > 1 && SAID.isNew(realm.getId(), language, segments, candidates)) {
      LOG.warnf(
          "Realm %s, language %s: the text of %s is sent as %d segments, which cost as many messages",
          realm.getName(), language, nameOf(text), segments);
    }
  }

  private static String nameOf(SmsText text) {
    return text.candidate().isPresent() ? KEYS.get(text.candidate().getAsInt()) : "the code alone";
  }

  /** A text is the realm's own when the realm's localization makes it another than the theme's. */
  private List<Candidate> candidates(Locale locale) {
    try {
      Theme theme = session.theme().getTheme(Theme.Type.LOGIN);
      List<Candidate> standard = standard(theme, locale);
      if (!hasOwnTexts()) {
        return standard;
      }
      Properties effective = theme.getEnhancedMessages(realm, locale);
      return IntStream.range(0, KEYS.size())
          .mapToObj(i -> withOwn(standard.get(i).standard(), effective.getProperty(KEYS.get(i))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Candidate withOwn(String standard, String effective) {
    return new Candidate(
        standard, Optional.ofNullable(effective).filter(own -> !own.equals(standard)));
  }

  private boolean hasOwnTexts() {
    return realm.getRealmLocalizationTexts().values().stream()
        .anyMatch(texts -> KEYS.stream().anyMatch(texts::containsKey));
  }

  private static List<Candidate> standard(Theme theme, Locale locale) throws IOException {
    Map<Locale, List<Candidate>> texts =
        STANDARD.computeIfAbsent(theme, it -> new ConcurrentHashMap<>());
    List<Candidate> known = texts.get(locale);
    if (known != null) {
      return known;
    }
    Properties messages = theme.getMessages(locale);
    List<Candidate> read =
        KEYS.stream().map(key -> Candidate.standard(messages.getProperty(key))).toList();
    texts.put(locale, read);
    return read;
  }
}
