package com.smspm.keycloak.notice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.keycloak.device.DeviceRepresentationProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.account.DeviceRepresentation;
import org.keycloak.theme.Theme;

/** What a browser says that it is. It can say anything, so little of it is shown. */
final class BrowserName {

  /** What Keycloak's reader of user agents says when it does not know. */
  private static final String UNKNOWN = "Other";

  private static final int MOST_CHARACTERS = 40;

  private BrowserName() {}

  static String of(KeycloakSession session, RealmModel realm, Locale locale) {
    Properties texts = texts(session, realm, locale);
    Optional<DeviceRepresentation> device =
        Optional.ofNullable(
            session.getProvider(DeviceRepresentationProvider.class).deviceRepresentation());
    Optional<String> browser =
        device.map(DeviceRepresentation::getBrowser).flatMap(BrowserName::known);
    Optional<String> system = device.map(DeviceRepresentation::getOs).flatMap(BrowserName::known);
    if (browser.isPresent() && system.isPresent()) {
      return new MessageFormat(texts.getProperty("smspmDeviceName"), locale)
          .format(new Object[] {browser.get(), system.get()});
    }
    return browser.or(() -> system).orElseGet(() -> texts.getProperty("smspmDeviceUnknown"));
  }

  /** Without its version, which changes each month. */
  private static Optional<String> known(String said) {
    String clean = said.replaceFirst("/.*", "").replaceAll("[^\\p{L}\\p{Nd} ._+-]", "").strip();
    return Optional.of(clean.length() > MOST_CHARACTERS ? "" : clean)
        .filter(it -> !it.isEmpty() && !it.equals(UNKNOWN));
  }

  private static Properties texts(KeycloakSession session, RealmModel realm, Locale locale) {
    try {
      return session.theme().getTheme(Theme.Type.LOGIN).getEnhancedMessages(realm, locale);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
