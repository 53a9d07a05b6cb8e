package com.smspm.keycloak.device;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.RealmsResource;

/**
 * The tokens that a browser keeps, one for each user and realm. Over https a cookie has the prefix
 * that lets a browser take it only from https (RFC 6265bis §4.1.3.1), and no other is read there:
 * what was planted over http is not even seen. {@code __Host-} would do more, but has no path.
 */
final class DeviceCookies {

  private static final String NAME = "SMSPM_DEVICE_";
  private static final String ONLY_HTTPS = "__Secure-";

  /** Enough to keep two users apart, and it tells nobody who they are. */
  private static final int NAME_CHARACTERS = 20;

  /**
   * A browser in a library would collect them until its requests are refused for their size. Ten
   * take about 1.3 kB.
   */
  private static final int MOST = 10;

  private final KeycloakContext context;
  private final RealmModel realm;
  private final boolean secure;

  DeviceCookies(KeycloakSession session, RealmModel realm) {
    this.context = session.getContext();
    this.realm = realm;
    this.secure = "https".equals(context.getUri().getRequestUri().getScheme());
  }

  /** What this browser keeps for this user. */
  Optional<DeviceToken> read(UserModel user) {
    return Optional.ofNullable(sent().get(name(user)))
        .map(Cookie::getValue)
        .flatMap(DeviceToken::parse);
  }

  /** Takes the place of what the browser keeps for this user. */
  void write(UserModel user, DeviceToken token, long seconds) {
    set(name(user), token.encode(), seconds);
  }

  /** Before one more comes: takes back those of other users that are too many. */
  void makeRoomFor(UserModel user) {
    sent().keySet().stream()
        .filter(name -> name.startsWith(prefix()) && !name.equals(name(user)))
        .skip(MOST - 1)
        .forEach(name -> set(name, "", 0));
  }

  private Map<String, Cookie> sent() {
    return context.getHttpRequest().getHttpHeaders().getCookies();
  }

  private void set(String name, String value, long seconds) {
    context
        .getHttpResponse()
        .setCookieIfAbsent(
            new NewCookie.Builder(name)
                .value(value)
                .path(
                    RealmsResource.realmBaseUrl(context.getUri())
                        .path("/")
                        .build(realm.getName())
                        .getRawPath())
                .maxAge((int) seconds)
                .secure(secure)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build());
  }

  private String name(UserModel user) {
    String hash = DeviceToken.hash(realm.getId() + "\n" + user.getId());
    return prefix() + hash.substring(0, NAME_CHARACTERS);
  }

  private String prefix() {
    return secure ? ONLY_HTTPS + NAME : NAME;
  }
}
