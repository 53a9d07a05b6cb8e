package com.smspm.keycloak.challenge;

import com.smspm.keycloak.challenge.OpenDoor.Hindrance;
import com.smspm.keycloak.code.CodePolicy;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.phone.PhoneNumber;
import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * What a door asks for.
 *
 * @param purpose what the code will be good for
 * @param user whose answer counts; null while nobody is identified
 * @param number where the code goes; at an open door that has none, any that could be one
 * @param policy how codes of this door are made
 * @param door where nobody has shown yet who they are
 */
public record ChallengeRequest(
    Purpose purpose,
    UserModel user,
    PhoneNumber number,
    CodePolicy policy,
    Optional<OpenDoor> door) {

  /** Behind another factor, or of a user who is logged in. */
  public ChallengeRequest(Purpose purpose, UserModel user, PhoneNumber number, CodePolicy policy) {
    this(purpose, user, number, policy, Optional.empty());
  }

  /** Whose failures are counted: the user's, or what stands for a user that there is not. */
  String whose() {
    return user == null ? standIn() : user.getId();
  }

  String userId() {
    return user == null ? "" : user.getId();
  }

  /** What the page of an open door may show the limits of. */
  String typed() {
    return door.orElseThrow().key(purpose);
  }

  /** Where there is no user, no number, or neither: counted in their place. */
  String standIn() {
    return "nobody:" + typed();
  }

  /** Whether the number is anybody's at all: somebody's, or the one typed. */
  boolean hasNumber() {
    return isNumberTyped()
        || door.flatMap(OpenDoor::decoy)
            .filter(it -> it == Hindrance.UNKNOWN || it == Hindrance.NO_NUMBER)
            .isEmpty();
  }

  /** Whether nobody can receive a code: every one is wrong. */
  boolean isDecoy() {
    return door.filter(it -> it.decoy().isPresent()).isPresent();
  }

  /** Whether somebody typed the number just now, and may see it. */
  boolean isNumberTyped() {
    return purpose == Purpose.PHONE_LOGIN;
  }
}
