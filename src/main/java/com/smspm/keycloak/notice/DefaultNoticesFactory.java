package com.smspm.keycloak.notice;

import com.smspm.keycloak.credential.NumberChange;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Hears of every change of a number, and owns the threads that talk to mail servers. */
public final class DefaultNoticesFactory implements NoticesFactory {

  private final ProviderEventListener listener = DefaultNoticesFactory::tell;
  private final MailThreads threads = new MailThreads();
  private KeycloakSessionFactory registeredWith;

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    factory.register(listener);
    registeredWith = factory;
  }

  private static void tell(ProviderEvent event) {
    if (event instanceof NumberChange change
        && change.session().getProvider(Notices.class) instanceof DefaultNotices notices) {
      notices.numberChanged(change);
    }
  }

  @Override
  public Notices create(KeycloakSession session) {
    return new DefaultNotices(session, threads);
  }

  @Override
  public void close() {
    if (registeredWith != null) {
      registeredWith.unregister(listener);
    }
    threads.close();
  }

  @Override
  public String getId() {
    return "default";
  }
}
