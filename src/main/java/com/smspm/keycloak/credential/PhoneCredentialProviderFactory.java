package com.smspm.keycloak.credential;

import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link PhoneCredentialProvider}. */
public final class PhoneCredentialProviderFactory
    implements CredentialProviderFactory<PhoneCredentialProvider> {

  static final String ID = "smspm-phone";

  @Override
  public PhoneCredentialProvider create(KeycloakSession session) {
    return new PhoneCredentialProvider(session);
  }

  @Override
  public String getId() {
    return ID;
  }
}
