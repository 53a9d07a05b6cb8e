package com.smspm.keycloak.challenge;

import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.limits.Ownership;
import com.smspm.keycloak.phone.PhoneNumber;
import com.smspm.keycloak.settings.LifeSettings;
import com.smspm.keycloak.settings.LifeSettings.TakenNumbers;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * One account per proven number and one number per account, also when several are proven at the
 * same moment.
 */
final class UniqueNumbers {

  private final KeycloakSession session;
  private final RealmModel realm;

  UniqueNumbers(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /**
   * Lets one request at a time write a user's number, until its transaction has ended: two that
   * find none at the same moment would both add one.
   *
   * @return whether it is this one's turn; not where another takes very long
   */
  boolean begin(UserModel user) {
    if (!new Ownership(session, realm).take("number of " + user.getId())) {
      return false;
    }
    PhoneCredentialProvider.refresh(user);
    return true;
  }

  /**
   * Takes a number for a user who has just proven it, until this transaction has ended and others
   * can see the credential; from another account, where the realm's settings say so.
   *
   * @return whether it is this user's alone now
   */
  boolean take(PhoneNumber number, UserModel user) {
    if (!claim(number)) {
      return false;
    }
    List<UserModel> others = others(number, user);
    if (others.isEmpty()) {
      return true;
    }
    if (LifeSettings.of(realm).takenNumbers() == TakenNumbers.REFUSE) {
      return false;
    }
    NumberEvents events = new NumberEvents(session, realm);
    PhoneCredentialProvider credentials = PhoneCredentialProvider.of(session);
    for (UserModel owner : others) {
      credentials.take(realm, owner, number);
      events.taken(owner, number);
    }
    events.took(user, number);
    return true;
  }

  /** As {@link #take}, where nobody has proven anything: never from another account. */
  boolean takeUnused(PhoneNumber number, UserModel user) {
    return claim(number) && others(number, user).isEmpty();
  }

  private boolean claim(PhoneNumber number) {
    return new Ownership(session, realm).take(number.e164());
  }

  private List<UserModel> others(PhoneNumber number, UserModel user) {
    return PhoneCredentialProvider.provenByNow(session, realm, number)
        .filter(owner -> !owner.getId().equals(user.getId()))
        .toList();
  }
}
