package com.smspm.keycloak.gateway;

import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/**
 * Writes messages, codes included, into the server's log instead of sending them: for trying things
 * out without an account. It exists in development mode ({@code start-dev}) only.
 */
public final class LogGateway
    implements SmsGateway, SmsGatewayFactory, EnvironmentDependentProviderFactory {

  /** The provider's id. */
  public static final String ID = "log";

  private static final Logger LOG = Logger.getLogger(LogGateway.class);

  @Override
  public boolean isSupported(Config.Scope config) {
    return Environment.isDevMode();
  }

  @Override
  public Optional<Channel> channel(RealmModel realm) {
    return Optional.of(
        message -> {
          LOG.infof(
              "No SMS gateway has an account, so this message to %s stays here: %s",
              message.to().masked(), message.text().replace('\n', ' '));
          return new SendOutcome.Accepted(message.id(), OptionalInt.empty());
        });
  }

  @Override
  public SmsGateway create(KeycloakSession session) {
    return this;
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return ID;
  }
}
