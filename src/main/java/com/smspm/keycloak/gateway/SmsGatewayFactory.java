package com.smspm.keycloak.gateway;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link SmsGateway}s. {@code init} must not throw: that would stop the server. */
public interface SmsGatewayFactory extends ProviderFactory<SmsGateway> {}
