package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.CodeKey;
import java.util.Optional;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The realm's keys for hashing codes: derived from the one it signs its own tokens with. */
final class CodeKeys {

  // Every realm has this one; asking for another would add a key to it in the middle of a login
  private static final String ALGORITHM = Constants.INTERNAL_SIGNATURE_ALGORITHM;

  private final KeycloakSession session;
  private final RealmModel realm;

  CodeKeys(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  String activeId() {
    return session.keys().getActiveKey(realm, KeyUse.SIG, ALGORITHM).getKid();
  }

  /** The key, also when it is no longer the active one; nothing once an admin has removed it. */
  Optional<CodeKey> byId(String id) {
    KeyWrapper key = session.keys().getKey(realm, id, KeyUse.SIG, ALGORITHM);
    return Optional.ofNullable(key).map(KeyWrapper::getSecretKey).map(CodeKey::derivedFrom);
  }
}
