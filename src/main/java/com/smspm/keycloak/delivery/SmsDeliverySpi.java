package com.smspm.keycloak.delivery;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Registers {@code sms-delivery}, whose server options begin with {@code --spi-sms-delivery--}. */
public final class SmsDeliverySpi implements Spi {

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public String getName() {
    return "sms-delivery";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return SmsDelivery.class;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's own signature
  public Class<? extends ProviderFactory> getProviderFactoryClass() {
    return SmsDeliveryFactory.class;
  }
}
