package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.CodePolicy;
import com.smspm.keycloak.limits.Slots;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Which messages are known not to have been sent, and those that never were to be. Asking takes one
 * look into the store whatever became of a message, so where nobody is identified the time it takes
 * shows nothing; the delivery knows more, and takes as many looks as there is to know.
 */
final class UnsentMessages {

  private static final String UNSENT = "unsent";

  private final Slots slots;

  UnsentMessages(KeycloakSession session, RealmModel realm) {
    slots = new Slots(session, realm);
  }

  /** Takes effect at once. It is known for as long as any code can be good. */
  static void note(KeycloakSession session, String realmId, String messageId) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm != null) {
      new Slots(session, realm).claim(UNSENT, messageId, 1, CodePolicy.MAX_VALIDITY);
    }
  }

  boolean contains(String messageId) {
    return slots.isTaken(UNSENT, messageId, 1);
  }
}
