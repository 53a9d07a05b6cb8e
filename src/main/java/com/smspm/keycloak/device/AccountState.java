package com.smspm.keycloak.device;

import com.smspm.keycloak.credential.PhoneCredentialProvider;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * What a device's being trusted depends on: the password and the proven number of its user. The
 * consoles change both without telling us, so it is compared on each use.
 */
final class AccountState {

  private AccountState() {}

  /**
   * Another text after either has changed; nothing while there is no proven number. A password that
   * is stored outside of Keycloak is not in it, see {@link DeviceListener}.
   */
  static Optional<String> of(UserModel user) {
    return PhoneCredentialProvider.find(user)
        .map(
            phone ->
                // A new number is a new credential; a password keeps its id and gets a new date
                DeviceToken.hash(
                    String.join("\n", phone.getId(), phone.number().e164(), passwords(user))));
  }

  private static String passwords(UserModel user) {
    return user.credentialManager()
        .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
        .sorted(Comparator.comparing(CredentialModel::getId))
        .map(password -> password.getId() + " " + password.getCreatedDate())
        .collect(Collectors.joining("\n"));
  }
}
