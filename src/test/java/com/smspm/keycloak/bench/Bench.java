package com.smspm.keycloak.bench;

import com.smspm.keycloak.bench.BenchRealm.Kind;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Set;

/**
 * Runs the benchmarks and prints their tables; {@code mvn -Pbench verify} builds what it needs and
 * calls it. {@code docs/performance.md} has the command and the figures.
 */
public final class Bench {

  private static final PrintStream OUT = System.out;

  /** Of those who log in with a password alone: what they are compared with is themselves. */
  private static final int USERS_WITH_A_PASSWORD = 200;

  private Bench() {}

  /**
   * @param arguments Keycloak's folder, the extension's jar, which parts ({@code
   *     logins,outage,pieces}), and the scale: 1 for full length
   */
  public static void main(String[] arguments) throws Exception {
    Set<String> parts = Set.of(arguments[2].split(","));
    double scale = Double.parseDouble(arguments[3]);
    if (parts.contains("logins") || parts.contains("outage")) {
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
      int users =
          (parts.contains("logins") ? Logins.users(scale) : 0)
              + (parts.contains("outage") ? Outage.users(scale) : 0);
      BenchRealm sms = BenchRealm.create(server.admin(), Kind.SMS, users);
      // First: it ends with a gateway that answers, and the others end with one that hangs
      if (parts.contains("outage")) {
        BenchRealm plain =
            BenchRealm.create(server.admin(), Kind.PASSWORD_ONLY, USERS_WITH_A_PASSWORD);
        new Outage(OUT, server, gateway, plain, sms, scale).run();
      }
      if (parts.contains("logins")) {
        BenchRealm totp = BenchRealm.create(server.admin(), Kind.TOTP, Logins.users(scale));
        new Logins(OUT, server, gateway, totp, sms, scale).run();
      }
    }
  }
}
