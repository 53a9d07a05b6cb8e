package com.smspm.keycloak.limits;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A thing that one request at a time, on all nodes, may write into the database: whoever takes it
 * holds it until its transaction has ended. The next waits for that, and can read what was written.
 */
public final class Ownership {

  private static final String OWNED = "owned";
  private static final String OWN = "smspm.owned.";

  /** Far longer than any request; ends what a node that died has left behind. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

  /** Longer than a request takes that writes a number. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private final KeycloakSession session;
  private final RealmModel realm;

  public Ownership(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /**
   * Of several requests at the same moment one gets {@code true} at once, and the others one after
   * the other; the same request gets it again.
   *
   * @return {@code false} when it is still another's after three seconds
   */
  public boolean take(String what) {
    String mine = OWN + realm.getId() + "." + what;
    if (session.getAttribute(mine) != null) {
      return true;
    }
    if (!await(what)) {
      return false;
    }
    session.setAttribute(mine, true);
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

  private boolean await(String what) {
    Slots slots = new Slots(session, realm);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!slots.claimSlot(OWNED, what, 1, LONGEST_REQUEST)) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
    return true;
  }
}
