package com.smspm.keycloak.demo;

import com.smspm.keycloak.simulator.SmspmSimulator;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts a Keycloak with the extension and the demo realm, and the simulator, on loopback; {@code
 * mvn -Pdemo} builds what it needs and calls it.
 */
public final class Demo {

  private static final int KEYCLOAK_PORT = 8080;
  private static final int MANAGEMENT_PORT = 9000;
  private static final int SIMULATOR_PORT = 8099;
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final PrintStream OUT = System.err;

  private final Path home;
  private final Path log;

  private Demo(Path home, Path log) {
    this.home = home;
    this.log = log;
  }

  /**
   * @param arguments Keycloak's folder, the extension's jar, the realm's file, the log's file
   */
  public static void main(String[] arguments) throws Exception {
    for (int port : new int[] {KEYCLOAK_PORT, MANAGEMENT_PORT, SIMULATOR_PORT}) {
      if (isTaken(port)) {
        OUT.println("Port " + port + " is taken: stop what uses it, and start the demo again.");
        System.exit(1);
      }
    }
    Demo demo = new Demo(Path.of(arguments[0]), Path.of(arguments[3]));
    demo.install(Path.of(arguments[1]), Path.of(arguments[2]));
    demo.run();
  }

  private void install(Path jar, Path realm) throws IOException {
    Path providers = home.resolve("providers");
    try (Stream<Path> old = Files.list(providers)) {
      for (Path file : old.filter(path -> path.toString().endsWith(".jar")).toList()) {
        Files.delete(file);
      }
    }
    Files.copy(jar, providers.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    Path imports = Files.createDirectories(home.resolve("data/import"));
    Files.copy(realm, imports.resolve(realm.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  private void run() throws IOException, InterruptedException {
    try (SmspmSimulator simulator = SmspmSimulator.start(SIMULATOR_PORT)) {
      Process keycloak = start(simulator);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(keycloak)));
      OUT.println("Starting Keycloak, which takes about a minute; its log: " + log);
      if (!isUp(keycloak)) {
        OUT.println("Keycloak did not start. The end of its log:");
        List<String> lines = Files.readAllLines(log);
        lines.subList(Math.max(0, lines.size() - 20), lines.size()).forEach(OUT::println);
        System.exit(1);
      }
      OUT.println(WELCOME);
      keycloak.waitFor();
    }
  }

  private Process start(SmspmSimulator simulator) throws IOException {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--http-management-port=" + MANAGEMENT_PORT,
                "--spi-sms-gateway--smspm--endpoint=" + simulator.endpoint(),
                "--spi-sms-gateway--smspm--hash=demo-hash",
                "--spi-sms-gateway--smspm--token=demo-token",
                "--spi-sms-delivery--default--report-base-url=http://localhost:8080"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
    return builder.redirectOutput(log.toFile()).start();
  }

  /** Asks until the realm answers, the process ends, or patience does. */
  private static boolean isUp(Process keycloak) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest realm =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + KEYCLOAK_PORT + "/realms/smspm-demo"))
            .timeout(Duration.ofSeconds(10))
            .build();
    long start = System.nanoTime();
    while (System.nanoTime() - start < LONGEST_START.toNanos()) {
      try {
        if (client.send(realm, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return true;
        }
      } catch (IOException notYet) {
        // asked again below
      }
      if (keycloak.waitFor(500, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  private static void stop(Process keycloak) {
    keycloak.descendants().forEach(ProcessHandle::destroy);
    keycloak.destroy();
    try {
      if (!keycloak.waitFor(10, TimeUnit.SECONDS)) {
        keycloak.destroyForcibly();
      }
    } catch (InterruptedException e) {
      keycloak.destroyForcibly();
    }
  }

  private static boolean isTaken(int port) {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      return false;
    } catch (IOException taken) {
      return true;
    }
  }

  private static final String WELCOME =
      """

      The demo is running.

        Application   http://localhost:8099/app
        Phone         http://localhost:8099/inbox    where the messages arrive
        Keycloak      http://localhost:8080/admin    admin / admin

        alice / alice    has a number: the login asks for a code
        bob   / bob      has none: is led to set one up, for example +372 5678 9047
        carol / carol    has an authenticator application too: "Try another way"

        Other ways in: docs/flows.md names an address for each, such as
                      http://localhost:8099/app?client=demo-step-up

        Numbers that cause trouble: +372 5000 0001 (refused) to +372 5000 0006 (nonsense)

      Ctrl-C stops it.
      """;
}
