package com.smspm.keycloak.gateway;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Registers {@code sms-gateway}, whose server options begin with {@code --spi-sms-gateway--}. */
public final class SmsGatewaySpi implements Spi {

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public String getName() {
    return "sms-gateway";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return SmsGateway.class;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's own signature
  public Class<? extends ProviderFactory> getProviderFactoryClass() {
    return SmsGatewayFactory.class;
  }
}
