package com.smspm.keycloak.it.containers;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A stock Keycloak in production mode on a PostgreSQL of its own, with the shipped jar alone in
 * {@code providers/} and the demo realm.
 */
final class ProductionKeycloak implements Startable {

  /** A build and a start take about a minute and a half when two share two cores. */
  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private final Network network = Network.newNetwork();
  private final GenericContainer<?> postgres;
  private final KeycloakContainer keycloak;

  /**
   * @param version of the stock image
   * @param options environment variables, added to those of the database
   */
  ProductionKeycloak(String version, Map<String, String> options) {
    postgres =
        new GenericContainer<>(DockerImageName.parse("postgres:17"))
            .withNetwork(network)
            .withNetworkAliases("postgres")
            .withEnv(
                Map.of(
                    "POSTGRES_DB", "keycloak",
                    "POSTGRES_USER", "keycloak",
                    "POSTGRES_PASSWORD", "keycloak"))
            .waitingFor(Wait.forSuccessfulCommand("pg_isready -h 127.0.0.1 -U keycloak"));
    keycloak =
        new KeycloakContainer("quay.io/keycloak/keycloak:" + version)
            // The container's own default asks the registry every other day.
            .withImagePullPolicy(PullPolicy.defaultPolicy())
            .dependsOn(postgres)
            .withNetwork(network)
            .withExtraHost("host.docker.internal", "host-gateway")
            .withEnv(
                Map.of(
                    "KC_DB", "postgres",
                    "KC_DB_URL", "jdbc:postgresql://postgres/keycloak",
                    "KC_DB_USERNAME", "keycloak",
                    "KC_DB_PASSWORD", "keycloak",
                    "KC_HTTP_ENABLED", "true",
                    "KC_HOSTNAME_STRICT", "false"))
            .withEnv(options)
            .withProviderLibsFrom(List.of(new File(System.getProperty("shipped.jar"))))
            .withCopyFileToContainer(
                MountableFile.forHostPath("realm-export/smspm-demo-realm.json"),
                "/opt/keycloak/data/import/smspm-demo-realm.json")
            .withProductionMode()
            .withOptimizedFlag()
            .withCreateContainerCmdModifier(
                command ->
                    command.withEntrypoint(
                        "bash",
                        "-c",
                        "/opt/keycloak/bin/kc.sh build && exec /opt/keycloak/bin/kc.sh \"$@\"",
                        "kc.sh"))
            .withStartupTimeout(LONGEST_START);
  }

  DemoLogin login() throws IOException {
    return new DemoLogin(keycloak.getAuthServerUrl());
  }

  /** What the build and the server have said so far. */
  List<String> log() {
    return keycloak.getLogs().lines().toList();
  }

  @Override
  public void start() {
    keycloak.start();
  }

  @Override
  public void stop() {
    keycloak.stop();
    postgres.stop();
    network.close();
  }
}
