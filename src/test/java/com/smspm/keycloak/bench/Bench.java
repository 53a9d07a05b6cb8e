package com.smspm.keycloak.bench;

import com.smspm.keycloak.bench.BenchRealm.Hashing;
import com.smspm.keycloak.bench.BenchRealm.Kind;
import com.smspm.keycloak.bench.Logins.Sides;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;

/**
 * Runs the benchmarks and prints their tables; {@code mvn -Pbench verify} builds what it needs and
 * calls it. {@code docs/performance.md} has the command and the figures.
 */
public final class Bench {

  private static final PrintStream OUT = System.out;

  /** Of those who log in with a password alone: what they are compared with is themselves. */
  private static final int USERS_WITH_A_PASSWORD = 200;

  private static final Set<String> SERVERS = Set.of("logins", "outage", "down");

  private Bench() {}

  /**
   * @param arguments Keycloak's folder, the extension's jar, which parts ({@code
   *     logins,outage,down,pieces}), and the scale: 1 for full length
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> parts = Set.of(arguments[2].split(","));
    double scale = Double.parseDouble(arguments[3]);
    if (!Collections.disjoint(parts, SERVERS)) {
      server(Path.of(arguments[0]), Path.of(arguments[1]), parts, scale);
    }
    if (parts.contains("pieces")) {
      new Pieces(OUT, scale).run();
    }
  }

  private static void server(Path home, Path jar, Set<String> parts, double scale)
      throws Exception {
    try (Gateway gateway = new Gateway();
        BenchServer server = BenchServer.start(home, jar, gateway.endpoint())) {
      boolean logins = parts.contains("logins");
      boolean outage = parts.contains("outage");
      boolean down = parts.contains("down");
      BenchRealm sms = realm(server, Kind.SMS, Hashing.DEFAULT, logins ? Logins.users(scale) : 0);
      BenchRealm cheap =
          realm(
              server,
              Kind.SMS,
              Hashing.CHEAP,
              (logins ? Logins.cheapUsers(scale) : 0)
                  + (outage ? Outage.users(scale) : 0)
                  + (down ? Down.users(scale) : 0));
      // First: they end with a gateway that answers, and the others end with one that hangs
      if (down) {
        new Down(OUT, server, gateway, cheap, scale).run();
      }
      if (outage) {
        BenchRealm plain =
            realm(server, Kind.PASSWORD_ONLY, Hashing.DEFAULT, USERS_WITH_A_PASSWORD);
        new Outage(OUT, server, gateway, plain, cheap, scale).run();
      }
      if (logins) {
        new Logins(
                OUT,
                server,
                gateway,
                new Sides(realm(server, Kind.TOTP, Hashing.DEFAULT, Logins.users(scale)), sms),
                new Sides(realm(server, Kind.TOTP, Hashing.CHEAP, Logins.cheapUsers(scale)), cheap),
                scale)
            .run();
      }
    }
  }

  private static BenchRealm realm(BenchServer server, Kind kind, Hashing hashing, int users) {
    return BenchRealm.create(server.admin(), kind, hashing, users);
  }
}
