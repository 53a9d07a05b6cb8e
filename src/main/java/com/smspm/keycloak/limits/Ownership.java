package com.smspm.keycloak.limits;

import java.time.Duration;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A thing that one request at a time, on all nodes, may write into the database: whoever takes it
 * holds it until its transaction has ended, and what was written can be read by the next.
 */
public final class Ownership {

  private static final String OWNED = "owned";

  /** Far longer than any request; ends what a node that died has left behind. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

  private final KeycloakSession session;
  private final RealmModel realm;

  public Ownership(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** Of several requests at the same moment one gets {@code true}. */
  public boolean take(String what) {
    if (!new Slots(session, realm).claimSlot(OWNED, what, 1, LONGEST_REQUEST)) {
      return false;
    }
    Claims claims = new Claims(realm.getId());
    claims.add(OWNED, what, 1);
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                release();
              }

              @Override
              protected void rollbackImpl() {
                release();
              }

              private void release() {
                KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(), claims::release);
              }
            });
    return true;
  }
}
