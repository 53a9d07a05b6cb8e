package com.smspm.keycloak.delivery;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link SmsDelivery}. */
public interface SmsDeliveryFactory extends ProviderFactory<SmsDelivery> {}
