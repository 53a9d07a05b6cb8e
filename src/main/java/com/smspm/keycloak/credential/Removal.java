package com.smspm.keycloak.credential;

import com.smspm.keycloak.phone.PhoneNumber;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A credential that a console has deleted by itself: what is left to do for us. */
record Removal(KeycloakSession session, RealmModel realm, UserModel user) {

  static Optional<Removal> of(KeycloakSession session, String realmId, String userId) {
    RealmModel realm = session.realms().getRealm(realmId);
    UserModel user = realm == null ? null : session.users().getUserById(realm, userId);
    return user == null ? Optional.empty() : Optional.of(new Removal(session, realm, user));
  }

  /**
   * Told by an event, perhaps more than once, and of credentials of every type.
   *
   * @param details of the event; not every version says of which type it was
   */
  void told(String credentialId, Map<String, String> details) {
    AttributeMirror.update(user);
    if (PhoneCredentialProvider.stored(user).isPresent()) {
      return;
    }
    Optional<PhoneNumber> number = SealedNumber.open(session, realm, user, credentialId);
    if (number.isPresent() || PhoneCredential.TYPE.equals(details.get(Details.CREDENTIAL_TYPE))) {
      SealedNumber.forget(user);
      new NumberChange(session, realm, user, NumberChange.Kind.REMOVED, number, Optional.empty())
          .publish();
    }
  }
}
