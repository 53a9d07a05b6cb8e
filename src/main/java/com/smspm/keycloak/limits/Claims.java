package com.smspm.keycloak.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What was claimed and counted for one message, to be given back when it was surely not sent. */
public final class Claims {

  private final String realmId;
  private final List<Consumer<Slots>> held = new ArrayList<>();

  Claims(String realmId) {
    this.realmId = realmId;
  }

  /** Nothing was claimed, and nothing is to be given back. */
  public static Claims none(RealmModel realm) {
    return new Claims(realm.getId());
  }

  void add(String what, String whose, int slot) {
    held.add(slots -> slots.release(what, whose, slot));
  }

  void add(Consumer<Slots> giveBack) {
    held.add(giveBack);
  }

  /** Gives everything back when the session's transaction rolls back. */
  void releaseOnRollback(KeycloakSession session) {
    session
        .getTransactionManager()
        .enlistAfterCompletion(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {}

              @Override
              protected void rollbackImpl() {
                KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(), Claims.this::release);
              }
            });
  }

  /** Gives everything back; may be called in another session than the one that claimed. */
  public void release(KeycloakSession session) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm != null) {
      release(new Slots(session, realm));
    }
  }

  void release(Slots slots) {
    held.forEach(giveBack -> giveBack.accept(slots));
  }
}
