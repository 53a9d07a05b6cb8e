package com.smspm.keycloak.limits;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The slots that one message holds, to be given back when it was surely not sent. */
public final class Claims {

  private record Held(String what, String whose, int slot) {}

  private final String realmId;
  private final List<Held> held = new ArrayList<>();

  Claims(String realmId) {
    this.realmId = realmId;
  }

  void add(String what, String whose, int slot) {
    held.add(new Held(what, whose, slot));
  }

  /** Gives everything back; may be called in another session than the one that claimed. */
  public void release(KeycloakSession session) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm != null) {
      Slots slots = new Slots(session, realm);
      held.forEach(slot -> slots.release(slot.what(), slot.whose(), slot.slot()));
    }
  }
}
