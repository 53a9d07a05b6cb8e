package com.smspm.keycloak.challenge;

import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.limits.Ownership;
import com.smspm.keycloak.phone.PhoneNumber;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** One account per proven number, also when two prove the same number at the same moment. */
final class UniqueNumbers {

  private final KeycloakSession session;
  private final RealmModel realm;

  UniqueNumbers(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /**
   * Takes a number for a user until this transaction has ended and others can see the credential.
   *
   * @return whether nobody else has it
   */
  boolean take(PhoneNumber number, UserModel user) {
    return new Ownership(session, realm).take(number.e164())
        && PhoneCredentialProvider.provenBy(session, realm, number)
            .allMatch(owner -> owner.getId().equals(user.getId()));
  }
}
