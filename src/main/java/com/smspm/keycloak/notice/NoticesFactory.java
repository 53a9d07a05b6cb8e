package com.smspm.keycloak.notice;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link Notices}. */
public interface NoticesFactory extends ProviderFactory<Notices> {}
