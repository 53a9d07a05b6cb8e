package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.limits.FailureStreak;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What an admin sees of a user's wrong codes, and can undo.
 *
 * @param pause how long no code is sent or compared at a login; zero when codes are
 * @param suspended whether codes by SMS are switched off after a hundred wrong ones in a row
 */
public record UserLock(Duration pause, boolean suspended) {

  /** How it stands with a user. */
  public static UserLock of(KeycloakSession session, RealmModel realm, UserModel user) {
    FailureStreak streak = new FailureStreak(session, realm, Purpose.LOGIN, user.getId());
    boolean suspended =
        PhoneCredentialProvider.find(user).filter(PhoneCredential::isSuspended).isPresent();
    return new UserLock(streak.pause(), suspended || streak.isUsedUp());
  }

  /** Forgets all wrong codes of a user, at every door, and ends a suspension. */
  public static void clear(KeycloakSession session, RealmModel realm, UserModel user) {
    for (Purpose purpose : EnumSet.complementOf(EnumSet.of(Purpose.NOTICE))) {
      new FailureStreak(session, realm, purpose, user.getId()).forget();
    }
    // At open doors what was typed is closed, too
    PhoneCredentialProvider.find(user)
        .map(it -> it.number().e164())
        .ifPresent(number -> clear(session, realm, Purpose.PHONE_LOGIN, number));
    clear(session, realm, Purpose.RESET, user.getUsername());
    Optional.ofNullable(user.getEmail())
        .ifPresent(email -> clear(session, realm, Purpose.RESET, email));
    PhoneCredentialProvider.resume(user);
  }

  private static void clear(
      KeycloakSession session, RealmModel realm, Purpose purpose, String typed) {
    OpenDoor door = new OpenDoor("", typed, Optional.empty());
    new FailureStreak(session, realm, purpose, door.key(purpose)).forget();
  }
}
