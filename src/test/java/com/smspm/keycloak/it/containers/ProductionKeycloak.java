package com.smspm.keycloak.it.containers;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.keycloak.admin.client.resource.RealmResource;
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

  private final Network network;
  private final GenericContainer<?> postgres;
  private final KeycloakContainer keycloak;
  private final boolean ownsDatabase;

  /**
   * @param version of the stock image
   * @param options environment variables, added to those of the database
   */
  ProductionKeycloak(String version, Map<String, String> options) {
    this(version, options, Network.newNetwork(), null);
  }

  /** One more node of a cluster that shares the database of the first. */
  ProductionKeycloak(String version, Map<String, String> options, ProductionKeycloak first) {
    this(version, options, first.network, first.postgres);
  }

  private ProductionKeycloak(
      String version, Map<String, String> options, Network network, GenericContainer<?> database) {
    this.network = network;
    ownsDatabase = database == null;
    postgres = ownsDatabase ? postgres(network) : database;
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

  private static GenericContainer<?> postgres(Network network) {
    return new GenericContainer<>(DockerImageName.parse("postgres:17"))
        .withNetwork(network)
        .withNetworkAliases("postgres")
        .withEnv(
            Map.of(
                "POSTGRES_DB", "keycloak",
                "POSTGRES_USER", "keycloak",
                "POSTGRES_PASSWORD", "keycloak"))
        .waitingFor(Wait.forSuccessfulCommand("pg_isready -h 127.0.0.1 -U keycloak"));
  }

  DemoLogin login() throws IOException {
    return new DemoLogin(url());
  }

  String url() {
    return keycloak.getAuthServerUrl();
  }

  RealmResource realm() {
    return keycloak.getKeycloakAdminClient().realm("smspm-demo");
  }

  /** Ends it as a power cut would. */
  void kill() {
    keycloak.getDockerClient().killContainerCmd(keycloak.getContainerId()).exec();
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
    if (ownsDatabase) {
      postgres.stop();
      network.close();
    }
  }
}
