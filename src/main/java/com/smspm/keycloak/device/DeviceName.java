package com.smspm.keycloak.device;

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

/** What a user will know a device by: its browser and system, as far as they say. */
public final class DeviceName {

  /** What Keycloak's reader of user agents says when it does not know. */
  private static final String UNKNOWN = "Other";

  /** A user agent can call itself anything, and may be that long. */
  private static final int MOST_CHARACTERS = 40;

  private DeviceName() {}

  /** Of the browser that has sent this request. */
  public static String of(KeycloakSession session, RealmModel realm, Locale locale) {
    Properties texts = texts(session, realm, locale);
    Optional<DeviceRepresentation> device =
        Optional.ofNullable(
            session.getProvider(DeviceRepresentationProvider.class).deviceRepresentation());
    Optional<String> browser =
        device
            .map(DeviceRepresentation::getBrowser)
            .map(DeviceName::family)
            .flatMap(DeviceName::known);
    Optional<String> system = device.map(DeviceRepresentation::getOs).flatMap(DeviceName::known);
    if (browser.isPresent() && system.isPresent()) {
      return new MessageFormat(texts.getProperty("smspmDeviceName"), locale)
          .format(new Object[] {browser.get(), system.get()});
    }
    return browser.or(() -> system).orElseGet(() -> texts.getProperty("smspmDeviceUnknown"));
  }

  /** Keycloak puts the version behind a slash; it would be wrong in a month. */
  private static String family(String browser) {
    return browser.replaceFirst("/.*", "");
  }

  private static Optional<String> known(String said) {
    String clean = said.replaceAll("[^\\p{L}\\p{Nd} ._+-]", "").strip();
    return Optional.of(
            clean.length() > MOST_CHARACTERS ? clean.substring(0, MOST_CHARACTERS) : clean)
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
