package com.smspm.keycloak.notice;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Registers {@code sms-notice}. */
public final class NoticesSpi implements Spi {

  @Override
  public boolean isInternal() {
    return true;
  }

  @Override
  public String getName() {
    return "sms-notice";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return Notices.class;
  }

  @Override
  @SuppressWarnings("rawtypes") // the interface's own signature
  public Class<? extends ProviderFactory> getProviderFactoryClass() {
    return NoticesFactory.class;
  }
}
