package com.smspm.keycloak.device;

import com.smspm.keycloak.device.TrustedDevice.Judgement;
import com.smspm.keycloak.limits.Slots;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.UserStorageUtil;

/** Begins trust in a browser, and knows it again. An instance belongs to one request. */
public final class TrustedDevices {

  /** Devices of one user; the oldest makes room for one more. */
  static final int MOST = 10;

  private static final Logger LOG = Logger.getLogger(TrustedDevices.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String RENEWAL = "device-renewal";
  private static final String REMOVAL = "device-removal";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final EventBuilder event;
  private final DeviceCookies cookies;
  private final Instant now;

  /**
   * @param event of the request; copies of it tell what happens here, and it gets a detail itself
   *     where a device is recognised
   */
  public TrustedDevices(KeycloakSession session, RealmModel realm, EventBuilder event) {
    this.session = session;
    this.realm = realm;
    this.event = event;
    this.cookies = new DeviceCookies(session, realm);
    this.now = Instant.ofEpochMilli(Time.currentTimeMillis());
  }

  /**
   * Trusts this browser for this user from now on. What the browser brings with it is never taken
   * over: who planted it there would know it.
   *
   * @param life how long; the use of it does not make it longer
   */
  public void trust(UserModel user, Duration life) {
    Optional<String> account = AccountState.of(user);
    if (account.isEmpty()) {
      return;
    }
    DeviceToken token = DeviceToken.fresh(RANDOM);
    makeRoom(user, account.get());
    TrustedDevice device = TrustedDevice.of(token, account.get(), now, life);
    device.setUserLabel(DeviceName.of(session, realm, session.getContext().resolveLocale(user)));
    try {
      CredentialModel stored = provider().createCredential(realm, user, device);
      cookies.makeRoomFor(user);
      cookies.write(user, token, life.toSeconds());
      about(EventType.UPDATE_CREDENTIAL, user, stored).success();
    } catch (ReadOnlyException readOnly) {
      // The code was right all the same
      LOG.warnf(
          "User %s: no device can be trusted, because the user's storage is read-only",
          user.getId());
    }
  }

  /** Whatever this browser was before goes, and what is worth nothing, and what is too many. */
  private void makeRoom(UserModel user, String account) {
    Optional<DeviceToken> before = cookies.read(user);
    List<TrustedDevice> devices = TrustedDeviceProvider.of(user).toList();
    List<TrustedDevice> kept =
        devices.stream()
            .filter(it -> before.filter(it::isOf).isEmpty())
            .filter(it -> it.isOf(account) && !it.isOver(now))
            .sorted(Comparator.comparingLong(TrustedDevice::trustedAt).reversed())
            .limit(MOST - 1L)
            .toList();
    devices.stream().filter(it -> !kept.contains(it)).forEach(it -> forget(user, it));
  }

  /**
   * Whether this browser is one that this user trusts. Its secret is used up by that, but for
   * {@link TrustedDevice#GRACE} after the last one was. The answer holds for the whole request, in
   * which Keycloak asks more than once.
   *
   * @param longest days that the admin allows now; zero for none
   */
  public boolean recognises(UserModel user, Duration longest) {
    String question = "smspm.trusted-device." + user.getId() + "." + longest;
    Boolean answer = session.getAttribute(question, Boolean.class);
    if (answer == null) {
      answer = cookies.read(user).filter(token -> isGood(user, token, longest)).isPresent();
      session.setAttribute(question, answer);
    }
    return answer;
  }

  private boolean isGood(UserModel user, DeviceToken token, Duration longest) {
    Opinion opinion = judge(user, token, longest);
    if (!opinion.isGood()) {
      // Before somebody is called a thief: this node may not have heard yet what another has done
      opinion = judge(uncached(user), token, longest);
    }
    switch (opinion.judgement()) {
      case NEWEST -> renew(user, opinion.device(), token);
      case NEARLY_NEWEST, STRANGE -> {
        // Nothing to do
      }
      case OVER -> {
        if (opinion.device().isOver(now)) {
          forget(user, opinion.device());
        }
      }
      case OUTDATED -> forget(user, opinion.device());
      case COPY -> revoke(user, opinion.device());
    }
    if (opinion.isGood()) {
      event.detail("smspm_trusted_device", opinion.device().getId());
    }
    return opinion.isGood();
  }

  private Opinion judge(UserModel user, DeviceToken token, Duration longest) {
    String account = AccountState.of(user).orElse("");
    return TrustedDeviceProvider.of(user)
        .map(device -> new Opinion(device, device.judge(token, account, now, longest)))
        .filter(opinion -> opinion.judgement() != Judgement.STRANGE)
        .findFirst()
        .orElse(new Opinion(null, Judgement.STRANGE));
  }

  private record Opinion(TrustedDevice device, Judgement judgement) {
    boolean isGood() {
      return judgement == Judgement.NEWEST || judgement == Judgement.NEARLY_NEWEST;
    }
  }

  private UserModel uncached(UserModel user) {
    UserCache cache = UserStorageUtil.userCache(session);
    if (cache != null) {
      cache.evict(realm, user);
    }
    return Optional.ofNullable(session.users().getUserById(realm, user.getId())).orElse(user);
  }

  /**
   * Of several tabs at the same moment one brings a new secret, on whichever node: two new ones
   * would make a thief of the browser that got the first.
   */
  private void renew(UserModel user, TrustedDevice device, DeviceToken token) {
    String used = device.getId() + "." + device.newestSecret();
    if (!device.isFresh(now) && isFirst(RENEWAL, used)) {
      DeviceToken next = token.renewed(RANDOM);
      user.credentialManager().updateStoredCredential(device.renewed(next, now));
      cookies.write(user, next, device.secondsLeft(now));
    }
  }

  private void revoke(UserModel user, TrustedDevice device) {
    if (!forget(user, device)) {
      return;
    }
    LOG.warnf(
        "Realm %s, user %s: a trusted device's old secret was used again, so there is a copy of it;"
            + " the device is trusted no longer",
        realm.getName(), user.getId());
    about(EventType.CUSTOM_REQUIRED_ACTION, user, device)
        .detail("smspm_event", "device_secret_copied")
        .error("device_secret_copied");
  }

  /** Whether it was this request that did it: the database refuses the second of two. */
  private boolean forget(UserModel user, TrustedDevice device) {
    return isFirst(REMOVAL, device.getId())
        && user.credentialManager().removeStoredCredentialById(device.getId());
  }

  private boolean isFirst(String what, String which) {
    return new Slots(session, realm).claim(what, which, 1, TrustedDevice.GRACE).isPresent();
  }

  private EventBuilder about(EventType type, UserModel user, CredentialModel device) {
    return event
        .clone()
        .event(type)
        .user(user)
        .detail(Details.CREDENTIAL_TYPE, TrustedDevice.TYPE)
        .detail(Details.SELECTED_CREDENTIAL_ID, device.getId())
        .detail(Details.CREDENTIAL_USER_LABEL, device.getUserLabel());
  }

  private TrustedDeviceProvider provider() {
    return (TrustedDeviceProvider)
        session.getProvider(CredentialProvider.class, TrustedDeviceProviderFactory.ID);
  }
}
