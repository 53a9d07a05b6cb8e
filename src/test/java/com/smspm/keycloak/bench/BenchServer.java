package com.smspm.keycloak.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.admin.client.Keycloak;

/**
 * An unpacked Keycloak with the shipped jar alone in {@code providers/}, built and started in
 * production mode on H2, with metrics, in a process of its own.
 */
final class BenchServer implements AutoCloseable {

  static final String HOST = "127.0.0.1";
  static final int PORT = 8080;
  static final String AUTHORITY = HOST + ":" + PORT;
  static final String URL = "http://" + AUTHORITY;

  private static final String ADMIN = "admin";
  private static final String METRICS = "http://127.0.0.1:9000/metrics";
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern COMPILER =
      Pattern.compile("(?m)^\"C[12] CompilerThread.* cpu=([0-9.]+)ms");

  private final Process process;
  private final Keycloak admin;

  private BenchServer(Process process) {
    this.process = process;
    this.admin = Keycloak.getInstance(URL, "master", ADMIN, ADMIN, "admin-cli");
  }

  /**
   * @param home Keycloak's folder; its extensions and its data are replaced
   * @param endpoint of the gateway
   */
  static BenchServer start(Path home, Path jar, String endpoint)
      throws IOException, InterruptedException {
    empty(home.resolve("providers"));
    empty(home.resolve("data"));
    Files.copy(
        jar, home.resolve("providers").resolve("smspm.jar"), StandardCopyOption.REPLACE_EXISTING);
    Process build =
        kc(home, "build", "--db=dev-file", "--cache=local", "--metrics-enabled=true").start();
    if (build.waitFor() != 0) {
      throw new IllegalStateException("kc.sh build failed: see " + log(home));
    }
    ProcessBuilder command =
        kc(
            home,
            "start",
            "--optimized",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--hostname-strict=false",
            "--spi-sms-gateway--smspm--endpoint=" + endpoint,
            // So that a gateway which hangs is not left alone after ten seconds
            "--spi-sms-gateway--smspm--call-timeout=60000",
            "--spi-sms-gateway--smspm--hash=demo-hash",
            "--spi-sms-gateway--smspm--token=demo-token");
    // Or a compiler's thread may end, and what it took is not known any more
    command.environment().put("JAVA_OPTS_APPEND", "-XX:-UseDynamicNumberOfCompilerThreads");
    // Keycloak's image has as much in two gigabytes. Its script's own 512 MB are not enough for the
    // sessions that all these logins leave behind
    command.environment().put("JAVA_OPTS_KC_HEAP", "-Xms1g -Xmx1400m");
    command.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    command.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
    Process server = command.start();
    long begin = System.nanoTime();
    while (!answers()) {
      if (server.waitFor(200, TimeUnit.MILLISECONDS)
          || System.nanoTime() - begin > LONGEST_START.toNanos()) {
        stop(server);
        throw new IllegalStateException("the server did not start: see " + log(home));
      }
    }
    return new BenchServer(server);
  }

  Keycloak admin() {
    return admin;
  }

  /**
   * Processor time so far, in milliseconds: of the script and of the server, which is its child.
   */
  double cpuMillis() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .flatMap(it -> it.info().totalCpuDuration().stream())
        .mapToDouble(duration -> duration.toNanos() / 1e6)
        .sum();
  }

  /**
   * Of that what compilers took, in milliseconds: nothing, once a server has run for long enough.
   */
  double compilerMillis() throws IOException, InterruptedException {
    return COMPILER
        .matcher(jcmd("Thread.print"))
        .results()
        .mapToDouble(thread -> Double.parseDouble(thread.group(1)))
        .sum();
  }

  /** What is in use of the heap after a full collection, in bytes. */
  double heapAfterCollection() throws IOException, InterruptedException {
    jcmd("GC.run");
    return metric("jvm_memory_used_bytes\\{area=\"heap\".*}");
  }

  private String jcmd(String what) throws IOException, InterruptedException {
    ProcessHandle server =
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
            .filter(it -> it.info().command().orElse("").endsWith("java"))
            .findFirst()
            .orElseThrow();
    Path tool = Path.of(server.info().command().orElseThrow()).resolveSibling("jcmd");
    Process jcmd =
        new ProcessBuilder(tool.toString(), Long.toString(server.pid()), what)
            .redirectErrorStream(true)
            .start();
    String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IllegalStateException("jcmd " + what + ": " + answer);
    }
    return answer;
  }

  /**
   * The sum of all series of a meter, as the management port shows it.
   *
   * @param name a regular expression; it can go on to the braces
   */
  double metric(String name) throws IOException, InterruptedException {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(METRICS)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.matches(name + "(\\{.*)? .*"))
        .map(line -> line.replaceFirst("\\{.*}", "").split(" ")[1])
        .mapToDouble(Double::parseDouble)
        .sum();
  }

  private static boolean answers() {
    try {
      return CLIENT
              .send(
                  HttpRequest.newBuilder(URI.create(URL + "/realms/master")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static ProcessBuilder kc(Path home, String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(home).toFile());
  }

  private static Path log(Path home) {
    return home.resolveSibling("keycloak.log");
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path path : old.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(folder);
  }

  private static void stop(Process server) {
    server.descendants().forEach(ProcessHandle::destroy);
    server.destroy();
    server.onExit().join();
  }

  @Override
  public void close() {
    admin.close();
    stop(process);
  }
}
