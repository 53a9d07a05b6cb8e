package com.smspm.keycloak.notice;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * One mail to a user, written and sent after the request that caused it. In the language that the
 * user has chosen; a request in another language changes nothing about that.
 *
 * @param language of the user's own request, for a user who has never chosen one
 * @param about what the texts have beside application and time: a masked number; or browser and
 *     address
 */
record Mail(
    KeycloakSessionFactory factory,
    String realmId,
    String userId,
    Notice notice,
    Instant at,
    Optional<String> language,
    List<String> about)
    implements Runnable {

  private static final Logger LOG = Logger.getLogger(Mail.class);

  private static final String TEMPLATE = "smspm-notice.ftl";

  /** Keeps a number or an address together and in its order in a right-to-left sentence. */
  private static final String ISOLATED = "\u2066%s\u2069";

  /** Realms without a mail server, told of once by each node; a bound, should they be many. */
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private static final int MOST_TOLD = 10_000;

  @Override
  public void run() {
    try {
      KeycloakModelUtils.runJobInTransaction(factory, this::send);
    } catch (RuntimeException e) {
      LOG.warnf("%s: not sent (%s)", this, e.getClass().getName());
    }
  }

  private void send(KeycloakSession session) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm == null || !hasServer(realm)) {
      return;
    }
    session
        .getContext()
        .setRealm(realm); // before the user is looked for, who may be of an organization
    UserModel user = session.users().getUserById(realm, userId);
    if (user == null || user.getEmail() == null || user.getEmail().isBlank()) {
      return;
    }
    if (user.getFirstAttribute(UserModel.LOCALE) == null) {
      language.ifPresent(
          it -> session.setAttribute(LocaleSelectorProvider.USER_REQUEST_LOCALE, it));
    }
    Locale locale = session.getContext().resolveLocale(user);
    List<Object> texts = texts(realm, locale);
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("smspmText", notice.mailText());
    attributes.put("smspmArguments", texts);
    attributes.put("smspmMayBeForeign", notice.mayBeForeign());
    try {
      session
          .getProvider(EmailTemplateProvider.class)
          .setRealm(realm)
          .setUser(user)
          .send(notice.mailSubject(), texts, TEMPLATE, attributes);
    } catch (EmailException e) {
      // Its message may hold the address; Keycloak's own line says what was wrong
      LOG.warnf("%s: not sent, see the line of Keycloak's mail sender before this one", this);
    }
  }

  private static boolean hasServer(RealmModel realm) {
    Map<String, String> smtp = realm.getSmtpConfig();
    if (smtp != null && smtp.get("host") != null && smtp.get("from") != null) {
      return true;
    }
    if (TOLD.size() < MOST_TOLD && TOLD.add(realm.getId())) {
      LOG.infof(
          "Realm %s has no mail server: its users are not told by mail what happens to their numbers",
          realm.getName());
    }
    return false;
  }

  private List<Object> texts(RealmModel realm, Locale locale) {
    String time =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale)
                .format(at.atOffset(ZoneOffset.UTC))
            + " UTC";
    List<Object> texts = new ArrayList<>(List.of(Realms.nameOf(realm), time));
    // Of ${name} Keycloak would make its text of that name
    about.forEach(
        it -> texts.add(ISOLATED.replace("%s", it.replace(' ', '\u00a0').replace("$", ""))));
    return texts;
  }

  /** Neither number nor address: this may be logged. */
  @Override
  public String toString() {
    return "Mail " + notice + " to user " + userId;
  }
}
