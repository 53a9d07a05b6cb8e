package com.smspm.keycloak.login;

import com.smspm.keycloak.challenge.OpenDoor.Hindrance;
import com.smspm.keycloak.credential.PhoneCredential;
import com.smspm.keycloak.credential.PhoneCredentialProvider;
import com.smspm.keycloak.phone.PhoneNumber;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Who might be standing at a door where nobody is identified, and whether that user can receive a
 * code. Found anew with each request: what has changed meanwhile counts at once.
 *
 * @param user null where there is none
 * @param number the proven one; empty where there is none
 * @param hindrance why no code can be sent; nothing where one can
 */
record Candidate(UserModel user, Optional<PhoneNumber> number, Optional<Hindrance> hindrance) {

  /** Looked for in place of a user that there is not; no country has this code. */
  private static final PhoneNumber NOBODYS = new PhoneNumber("+999999999999999");

  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  /** Whoever alone has proven a number: the attribute finds, the credential decides. */
  static Candidate byNumber(AuthenticationFlowContext context, PhoneNumber number) {
    List<UserModel> owners =
        PhoneCredentialProvider.provenBy(context.getSession(), context.getRealm(), number)
            .limit(2)
            .toList();
    UserModel user = owners.size() == 1 ? owners.get(0) : null;
    Optional<Hindrance> account = ofAccount(context, user);
    if (owners.size() > 1) {
      return new Candidate(null, Optional.of(number), Optional.of(Hindrance.AMBIGUOUS));
    }
    UserModel expected = context.getUser();
    if (user != null && expected != null && !expected.getId().equals(user.getId())) {
      return new Candidate(null, Optional.of(number), Optional.of(Hindrance.SOMEBODY_ELSE));
    }
    return new Candidate(user, Optional.of(number), account);
  }

  /**
   * Whom the flow has chosen, by a name that anybody may have typed.
   *
   * @param user null where there is no such user
   */
  static Candidate chosen(AuthenticationFlowContext context, UserModel user) {
    Optional<PhoneNumber> number =
        Optional.ofNullable(user)
            .flatMap(PhoneCredentialProvider::find)
            .map(PhoneCredential::number);
    Optional<Hindrance> account = ofAccount(context, user);
    return new Candidate(
        user,
        number,
        account.or(() -> number.isEmpty() ? Optional.of(Hindrance.NO_NUMBER) : Optional.empty()));
  }

  private static Optional<Hindrance> ofAccount(AuthenticationFlowContext context, UserModel user) {
    if (user == null || user.getServiceAccountClientLink() != null) {
      lookForNobody(context.getSession(), context.getRealm());
      return Optional.of(Hindrance.UNKNOWN);
    }
    boolean lockedOut = AuthenticatorUtils.getDisabledByBruteForceEventError(context, user) != null;
    if (!user.isEnabled()) {
      return Optional.of(Hindrance.DISABLED);
    }
    return lockedOut ? Optional.of(Hindrance.LOCKED_OUT) : Optional.empty();
  }

  /**
   * A user is read from the database, up to four times where no cache has it, or not at all: half
   * of that is between the two.
   */
  private static void lookForNobody(KeycloakSession session, RealmModel realm) {
    session.users().getUserById(realm, NOBODY);
    PhoneCredentialProvider.provenBy(session, realm, NOBODYS).findAny();
    if (realm.isBruteForceProtected()) {
      session.loginFailures().getUserLoginFailure(realm, NOBODY);
    }
  }
}
