package com.smspm.keycloak.challenge;

import com.smspm.keycloak.code.CodePolicy;
import com.smspm.keycloak.code.Purpose;
import com.smspm.keycloak.phone.PhoneNumber;
import org.keycloak.models.UserModel;

/**
 * What a door asks for.
 *
 * @param purpose what the code will be good for
 * @param user whose answer counts; null while nobody is identified
 * @param number where the code goes
 * @param policy how codes of this door are made
 */
public record ChallengeRequest(
    Purpose purpose, UserModel user, PhoneNumber number, CodePolicy policy) {

  /** Whose failures are counted: the user's, or while nobody is identified the number's. */
  String whose() {
    return user == null ? number.e164() : user.getId();
  }

  String userId() {
    return user == null ? "" : user.getId();
  }
}
