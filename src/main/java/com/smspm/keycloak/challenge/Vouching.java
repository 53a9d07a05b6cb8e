package com.smspm.keycloak.challenge;

import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.phone.NumberPolicy;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.InvalidSettings;
import com.smspm.keycloak.settings.LifeSettings;
import com.smspm.keycloak.settings.RealmSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.common.util.Time;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Makes the number of an imported user count as proven at the first login, where an admin says that
 * a user attribute can be relied on. Only one that users cannot write, never over a number that is
 * there already, once for each number, and never unseen: an event and a mail tell of it.
 */
public final class Vouching {

  private static final Logger LOG = Logger.getLogger(Vouching.class);
  private static final Said SAID = new Said();

  /** Which number was vouched for: a user who removes it is not given it again. */
  private static final String MARK = "smspmVouchedNumber";

  private static final String REFUSED = "smspm.not-vouched";
  private static final String USER_ROLE = "user";

  private final KeycloakSession session;
  private final RealmModel realm;

  private Vouching(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** To be called wherever a login asks what the user has; does nothing elsewhere. */
  public static void apply(KeycloakSession session, RealmModel realm, UserModel user) {
    AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
    if (login == null
        || LoginActionsService.RESET_CREDENTIALS_PATH.equals(
            login.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH))) {
      // Nobody has shown more than a name there
      return;
    }
    try {
      LifeSettings.of(realm)
          .vouchedNumbers()
          .ifPresent(attribute -> new Vouching(session, realm).vouch(user, attribute));
    } catch (InvalidSettings e) {
      // Whatever runs with these settings says so
    }
  }

  private void vouch(UserModel user, String attribute) {
    String written = user.getFirstAttribute(attribute);
    if (written == null
        || written.isBlank()
        || PhoneCredentialProvider.stored(user).isPresent()
        || mark(user, written).equals(user.getFirstAttribute(MARK))) {
      return;
    }
    Optional<String> doubt = doubt(attribute);
    if (doubt.isPresent()) {
      if (SAID.isNew(realm.getId(), attribute, doubt.get())) {
        LOG.errorf(
            "Realm %s: vouchedNumbers names the attribute %s, but %s: no number is vouched for",
            realm.getName(), attribute, doubt.get());
      }
      return;
    }
    RealmSettings settings = RealmSettings.of(realm);
    NumberPolicy policy = settings.numbers();
    boolean vouched =
        policy
            .check(written, policy.defaultCountry().orElse(null))
            .fold(
                number -> store(user, number, attribute, settings.uniqueNumbers()),
                refusal -> refuse(user, refusal.name()));
    if (vouched) {
      remember(user, written);
    }
  }

  private void remember(UserModel user, String written) {
    try {
      user.setSingleAttribute(MARK, mark(user, written));
    } catch (ReadOnlyException readOnly) {
      LOG.warnf(
          "Realm %s, user %s: the attribute %s cannot be written, because the user's storage is"
              + " read-only; a number that the user removes will be vouched for again",
          realm.getName(), user.getId(), MARK);
    }
  }

  private boolean store(UserModel user, PhoneNumber number, String attribute, boolean unique) {
    UniqueNumbers numbers = new UniqueNumbers(session, realm);
    if (!numbers.begin(user)) {
      // Whether there is a second factor is not known, so the login must not go on without it
      throw new AuthenticationFlowException(
          "another request has not yet stored the user's number",
          AuthenticationFlowError.INTERNAL_ERROR);
    }
    if (PhoneCredentialProvider.stored(user).isPresent()) {
      return false; // another login was first
    }
    if (unique && !numbers.takeUnused(number, user)) {
      return refuse(user, "number_taken");
    }
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    try {
      PhoneCredentialProvider.of(session)
          .prove(realm, user, PhoneCredential.vouched(number, now, attribute));
    } catch (ReadOnlyException readOnly) {
      LOG.warnf(
          "Realm %s, user %s: the number cannot be vouched for, because the user's storage is"
              + " read-only and takes no credential",
          realm.getName(), user.getId());
      return refuse(user, "read_only");
    }
    new NumberEvents(session, realm).vouched(user, number, attribute);
    return true;
  }

  /** A login asks several times what its user has. */
  private boolean refuse(UserModel user, String reason) {
    AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
    if (login.getAuthNote(REFUSED) == null) {
      login.setAuthNote(REFUSED, reason);
      new NumberEvents(session, realm).notVouched(user, reason);
    }
    return false;
  }

  /** Why users may have written the attribute themselves. */
  private Optional<String> doubt(String attribute) {
    UPConfig profile = session.getProvider(UserProfileProvider.class).getConfiguration();
    if (profile.getUnmanagedAttributePolicy() == UnmanagedAttributePolicy.ENABLED) {
      return Optional.of("unmanaged attributes are enabled, so that users can write any");
    }
    UPAttribute declared = profile.getAttribute(attribute);
    if (declared != null
        && (declared.getPermissions() == null
            || declared.getPermissions().getEdit() == null
            || declared.getPermissions().getEdit().contains(USER_ROLE))) {
      return Optional.of("users can edit it in their profile");
    }
    return Optional.empty();
  }

  private String mark(UserModel user, String written) {
    return HashUtils.sha256UrlEncodedHash(
        String.join("\n", realm.getId(), user.getId(), written), StandardCharsets.UTF_8);
  }
}
