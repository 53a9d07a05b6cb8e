package com.smspm.keycloak.device;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Stores the devices that a user trusts, each one under a name of its own. */
public final class TrustedDeviceProvider implements CredentialProvider<TrustedDevice> {

  private final KeycloakSession session;

  TrustedDeviceProvider(KeycloakSession session) {
    this.session = session;
  }

  /** All of a user's devices, those that are worth nothing any more included. */
  static Stream<TrustedDevice> of(UserModel user) {
    return user.credentialManager()
        .getStoredCredentialsByTypeStream(TrustedDevice.TYPE)
        .map(TrustedDevice::of);
  }

  /** Ends trust in all devices of a user. */
  static void forgetAll(UserModel user) {
    forget(user, device -> true);
  }

  /** Takes devices out of the list that are trusted no longer, after a change of the number. */
  static void forgetOutdated(UserModel user) {
    Optional<String> account = AccountState.of(user);
    forget(user, device -> account.filter(device::isOf).isEmpty());
  }

  private static void forget(UserModel user, Predicate<TrustedDevice> which) {
    of(user)
        .filter(which)
        .map(CredentialModel::getId)
        .toList()
        .forEach(user.credentialManager()::removeStoredCredentialById);
  }

  /** Keycloak takes no name twice: a second "Firefox on Windows" becomes "Firefox on Windows 2". */
  @Override
  public CredentialModel createCredential(RealmModel realm, UserModel user, TrustedDevice device) {
    String name = device.getUserLabel();
    for (int number = 2; ; number++) {
      try {
        return user.credentialManager().createStoredCredential(device);
      } catch (ModelDuplicateException taken) {
        if (number > TrustedDevices.MOST + 1) {
          throw taken;
        }
        device.setUserLabel(name + " " + number);
      }
    }
  }

  @Override
  public boolean deleteCredential(RealmModel realm, UserModel user, String credentialId) {
    return user.credentialManager().removeStoredCredentialById(credentialId);
  }

  @Override
  public TrustedDevice getCredentialFromModel(CredentialModel model) {
    return TrustedDevice.of(model);
  }

  @Override
  public String getType() {
    return TrustedDevice.TYPE;
  }

  @Override
  public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
    return CredentialTypeMetadata.builder()
        .type(TrustedDevice.TYPE)
        .category(CredentialTypeMetadata.Category.TWO_FACTOR)
        .displayName("smspm-trusted-device-display-name")
        .helpText("smspm-trusted-device-help-text")
        .iconCssClass("kcAuthenticatorDefaultClass")
        .removeable(true)
        .build(session);
  }
}
