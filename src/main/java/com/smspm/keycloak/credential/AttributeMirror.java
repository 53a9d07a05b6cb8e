package com.smspm.keycloak.credential;

import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.UserModel;
import org.keycloak.storage.ReadOnlyException;

/**
 * Keeps the attributes of OpenID Connect's {@code phone} scope equal to the proven number. They are
 * for reading: nothing here ever decides by them.
 */
final class AttributeMirror {

  static final String NUMBER = "phoneNumber";
  static final String VERIFIED = "phoneNumberVerified";

  private static final Logger LOG = Logger.getLogger(AttributeMirror.class);

  private AttributeMirror() {}

  /** Writes what the credential says, and takes back what no credential says any more. */
  static void update(UserModel user) {
    try {
      write(user);
    } catch (ReadOnlyException readOnly) {
      // The proof stands all the same: nothing here decides by the attributes
      LOG.warnf(
          "User %s: the attributes %s and %s cannot be written, because the user's storage is"
              + " read-only; tokens do not show the proven number",
          user.getId(), NUMBER, VERIFIED);
    }
  }

  private static void write(UserModel user) {
    Optional<PhoneCredential> credential = PhoneCredentialProvider.find(user);
    if (credential.isPresent()) {
      set(user, NUMBER, credential.get().number().e164());
      set(user, VERIFIED, "true");
    } else if (user.getFirstAttribute(VERIFIED) != null) {
      clear(user);
    }
  }

  static void clear(UserModel user) {
    for (String attribute : List.of(NUMBER, VERIFIED)) {
      if (user.getFirstAttribute(attribute) != null) {
        user.removeAttribute(attribute);
      }
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
