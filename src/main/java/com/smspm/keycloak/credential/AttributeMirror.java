package com.smspm.keycloak.credential;

import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * Keeps the attributes of OpenID Connect's {@code phone} scope equal to the proven number. They are
 * for reading: nothing here ever decides by them.
 */
final class AttributeMirror {

  static final String NUMBER = "phoneNumber";
  static final String VERIFIED = "phoneNumberVerified";

  private AttributeMirror() {}

  /** Writes what the credential says, and takes back what no credential says any more. */
  static void update(UserModel user) {
    Optional<PhoneCredential> credential = PhoneCredentialProvider.find(user);
    if (credential.isPresent()) {
      set(user, NUMBER, credential.get().number().e164());
      set(user, VERIFIED, "true");
    } else if (user.getFirstAttribute(VERIFIED) != null) {
      user.removeAttribute(NUMBER);
      user.removeAttribute(VERIFIED);
    }
  }

  /**
   * Puts right what somebody else has written over a proven number: the token would vouch for it,
   * and a number that the index does not find could be proven by a second account. Where there is
   * no credential the attributes may be somebody else's, and are left alone.
   */
  static void restore(UserModel user) {
    if (PhoneCredentialProvider.find(user).isPresent()) {
      update(user);
    }
  }

  private static void set(UserModel user, String name, String value) {
    if (!value.equals(user.getFirstAttribute(name))) {
      user.setSingleAttribute(name, value);
    }
  }
}
