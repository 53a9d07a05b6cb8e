package com.smspm.keycloak.credential;

import com.smspm.keycloak.phone.PhoneNumber;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;

/**
 * A user's number is not what it was, by whatever way. Told within the transaction that changes it,
 * so that what follows from it can wait for the commit.
 *
 * @param before the number that was used until now; nothing where there was none, or where nobody
 *     knows it for sure
 * @param now the number from now on; nothing where there is none
 */
public record NumberChange(
    KeycloakSession session,
    RealmModel realm,
    UserModel user,
    Kind kind,
    Optional<PhoneNumber> before,
    Optional<PhoneNumber> now)
    implements ProviderEvent {

  /** What happened. */
  public enum Kind {
    /** The user had no number. */
    ADDED,
    /** The user had another number. */
    CHANGED,
    /** The user has none any more. */
    REMOVED,
    /** Another account has proven it: codes no longer go there for this user. */
    TAKEN,
    /** It was another account's until now. */
    TOOK
  }

  void publish() {
    session.getKeycloakSessionFactory().publish(this);
  }

  /** Never a whole number. */
  @Override
  public String toString() {
    return "NumberChange[" + kind + " of user " + user.getId() + "]";
  }
}
