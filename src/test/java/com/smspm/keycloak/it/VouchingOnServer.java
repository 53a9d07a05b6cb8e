package com.smspm.keycloak.it;

import com.smspm.keycloak.challenge.Vouching;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.UserModelDelegate;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.testframework.remote.providers.runonserver.FetchOnServer;

/** A login within the server, of a user as a storage of users may show it. */
final class VouchingOnServer {

  private VouchingOnServer() {}

  /**
   * How many numbers a user has after a login, whose storage takes credentials but no attributes.
   */
  static FetchOnServer readOnly(String userId) {
    return session -> {
      RealmModel realm = session.realms().getRealmByName(DemoRealm.NAME);
      beginLogin(session, realm);
      UserModel user = session.users().getUserById(realm, userId);
      Vouching.apply(session, realm, new WithoutAttributes(user));
      return (int) user.credentialManager().getStoredCredentialsByTypeStream("smspm-phone").count();
    };
  }

  private static void beginLogin(KeycloakSession session, RealmModel realm) {
    session.getContext().setRealm(realm);
    session
        .getContext()
        .setAuthenticationSession(
            session
                .authenticationSessions()
                .createRootAuthenticationSession(realm)
                .createAuthenticationSession(realm.getClientByClientId("demo-app")));
  }

  /** What Keycloak's storages of users answer with where they are read-only. */
  private static final class WithoutAttributes extends UserModelDelegate {

    WithoutAttributes(UserModel user) {
      super(user);
    }

    @Override
    public void setSingleAttribute(String name, String value) {
      throw new ReadOnlyException("read-only");
    }

    @Override
    public void removeAttribute(String name) {
      throw new ReadOnlyException("read-only");
    }
  }
}
