package com.smspm.keycloak.notice;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.RealmsResource;

/**
 * Remembers in a cookie which users a browser has entered a code for. It holds a signature for each
 * user and no names, and opens nothing: whoever steals or loses it spares or gets a mail.
 */
public final class KnownBrowsers {

  private static final String NAME = "SMSPM_KNOWN";
  private static final String ONLY_HTTPS = "__Secure-";
  private static final Duration KEPT = Duration.ofDays(365);

  /** Of the users of one browser, those seen last. */
  private static final int MOST = 8;

  private static final byte[] LABEL = "smspm known browser 1".getBytes(StandardCharsets.US_ASCII);
  private static final String MAC = "HmacSHA512";

  /** 128 bits; a forged one would spare its forger's victim a mail. */
  private static final int BYTES = 16;

  // Every realm has this one; asking for another would add a key to it in the middle of a login
  private static final String REALM_KEY = Constants.INTERNAL_SIGNATURE_ALGORITHM;

  private final KeycloakSession session;
  private final KeycloakContext context;
  private final RealmModel realm;

  public KnownBrowsers(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.context = session.getContext();
    this.realm = realm;
  }

  /** Whether this request's browser is known for a user; it is from now on. */
  public boolean meet(UserModel user) {
    List<String> signatures = signatures();
    boolean known = signatures.stream().anyMatch(it -> isOurs(it, user));
    String own =
        sign(session.keys().getActiveKey(realm, KeyUse.SIG, REALM_KEY).getSecretKey(), user);
    List<String> kept =
        Stream.concat(
                Stream.of(own), signatures.stream().filter(it -> !isOurs(it, user)).limit(MOST - 1))
            .toList();
    context
        .getHttpResponse()
        .setCookieIfAbsent(
            new NewCookie.Builder(name())
                .value(String.join(".", kept))
                .path(
                    RealmsResource.realmBaseUrl(context.getUri())
                        .path("/")
                        .build(realm.getName())
                        .getRawPath())
                .maxAge((int) KEPT.toSeconds())
                .secure(isSecure())
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build());
    return known;
  }

  private List<String> signatures() {
    Cookie cookie = context.getHttpRequest().getHttpHeaders().getCookies().get(name());
    return cookie == null
        ? List.of()
        : Stream.of(cookie.getValue().split("\\.", MOST + 1))
            .filter(it -> it.matches("[A-Za-z0-9_-]{22}"))
            .limit(MOST)
            .toList();
  }

  private String name() {
    return isSecure() ? ONLY_HTTPS + NAME : NAME;
  }

  private boolean isSecure() {
    return "https".equals(context.getUri().getRequestUri().getScheme());
  }

  /** With any key that is still there, so that a rotation makes no browser new. */
  private boolean isOurs(String signature, UserModel user) {
    return session
        .keys()
        .getKeysStream(realm, KeyUse.SIG, REALM_KEY)
        .map(KeyWrapper::getSecretKey)
        .anyMatch(
            key ->
                key != null
                    && MessageDigest.isEqual(
                        sign(key, user).getBytes(StandardCharsets.US_ASCII),
                        signature.getBytes(StandardCharsets.US_ASCII)));
  }

  private String sign(SecretKey key, UserModel user) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(LABEL);
      byte[] signed =
          mac.doFinal(
              ("\n" + realm.getId() + "\n" + user.getId()).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(signed, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(MAC + " is part of every Java platform", e);
    }
  }
}
