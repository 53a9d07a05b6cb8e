package com.smspm.keycloak.device;

import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link TrustedDeviceProvider}. */
public final class TrustedDeviceProviderFactory
    implements CredentialProviderFactory<TrustedDeviceProvider> {

  static final String ID = "smspm-trusted-device";

  @Override
  public TrustedDeviceProvider create(KeycloakSession session) {
    return new TrustedDeviceProvider(session);
  }

  @Override
  public String getId() {
    return ID;
  }
}
