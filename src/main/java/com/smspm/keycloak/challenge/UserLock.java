package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.limits.FailureStreak;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What an admin sees of a user's wrong codes, and can undo.
 *
 * @param pause how long no code is sent or compared at a login; zero when codes are
 * @param suspended whether codes by SMS are switched off after a hundred wrong ones in a row
 * @param openPause the longest such pause at phone login or reset, by the user's number, name or
 *     mail address, whoever has typed it
 * @param openClosed whether one of those is closed after a hundred wrong ones in a row
 */
public record UserLock(Duration pause, boolean suspended, Duration openPause, boolean openClosed) {

  /** How it stands with a user. */
  public static UserLock of(KeycloakSession session, RealmModel realm, UserModel user) {
    FailureStreak streak = new FailureStreak(session, realm, Purpose.LOGIN, user.getId());
    boolean suspended =
        PhoneCredentialProvider.find(user).filter(PhoneCredential::isSuspended).isPresent();
    List<FailureStreak> open = atOpenDoors(session, realm, user);
    return new UserLock(
        streak.pause(),
        suspended || streak.isUsedUp(),
        open.stream().map(FailureStreak::pause).max(Duration::compareTo).orElse(Duration.ZERO),
        open.stream().anyMatch(FailureStreak::isUsedUp));
  }

  /** Forgets all wrong codes of a user, at every door, and ends a suspension. */
  public static void clear(KeycloakSession session, RealmModel realm, UserModel user) {
    for (Purpose purpose : List.of(Purpose.LOGIN, Purpose.ENROLMENT)) {
      new FailureStreak(session, realm, purpose, user.getId()).forget();
    }
    atOpenDoors(session, realm, user).forEach(FailureStreak::forget);
    PhoneCredentialProvider.resume(user);
  }

  /** There the user is closed, and what was typed is closed, too. */
  private static List<FailureStreak> atOpenDoors(
      KeycloakSession session, RealmModel realm, UserModel user) {
    Stream<String> numbers =
        PhoneCredentialProvider.find(user).map(it -> it.number().e164()).stream();
    Stream<String> names = Stream.of(user.getUsername(), user.getEmail()).filter(Objects::nonNull);
    return Stream.of(
            // One for phone login and reset together
            Stream.of(new FailureStreak(session, realm, Purpose.PHONE_LOGIN, user.getId())),
            numbers.map(it -> typed(session, realm, Purpose.PHONE_LOGIN, it)),
            names.map(it -> typed(session, realm, Purpose.RESET, it)))
        .flatMap(it -> it)
        .toList();
  }

  private static FailureStreak typed(
      KeycloakSession session, RealmModel realm, Purpose purpose, String typed) {
    OpenDoor door = new OpenDoor("", typed, Optional.empty());
    return new FailureStreak(session, realm, purpose, door.key(purpose));
  }
}
