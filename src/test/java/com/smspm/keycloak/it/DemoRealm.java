package com.smspm.keycloak.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.testframework.realm.RealmBuilder;
import org.keycloak.testframework.realm.RealmConfig;
import org.keycloak.util.JsonSerialization;

/** The realm that is shipped, with the tests' own address for its application. */
public class DemoRealm implements RealmConfig {

  static final String NAME = "smspm-demo";
  static final String APPLICATION = TestServer.SIMULATOR.endpoint() + "/app";

  @Override
  public RealmBuilder configure(RealmBuilder ignored) {
    try (InputStream in = Files.newInputStream(Path.of("realm-export", "smspm-demo-realm.json"))) {
      RealmRepresentation realm = JsonSerialization.readValue(in, RealmRepresentation.class);
      // Limits are kept by the realm's id, and outlive a test's realm on a server that is used
      // again
      realm.setId(UUID.randomUUID().toString());
      realm.getClients().stream()
          .filter(client -> client.getClientId().startsWith("demo-"))
          .forEach(
              client -> {
                client.setRedirectUris(List.of(APPLICATION));
                client.setWebOrigins(List.of(TestServer.SIMULATOR.endpoint()));
              });
      // A password is not what is tested here, and hashing it properly is most of a login's time
      realm.setPasswordPolicy("hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
      return RealmBuilder.update(realm);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
