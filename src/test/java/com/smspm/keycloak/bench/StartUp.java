package com.smspm.keycloak.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures how much longer a server takes to start with the jar: two copies of one Keycloak, both
 * built, started in turn in production mode on a database of their own. {@code docs/performance.md}
 * has the command and the figures.
 */
public final class StartUp {

  private static final PrintStream OUT = System.out;
  private static final Pattern STARTED = Pattern.compile(" started in ([0-9.]+)s");
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final int LOOK_EVERY_MILLIS = 50;

  private StartUp() {}

  /**
   * One start, in seconds.
   *
   * @param said what Keycloak says it took
   * @param seen from the command to that line
   * @param cpu processor time until then, which other work on the machine changes least
   */
  private record Start(double said, double seen, double cpu) {}

  /**
   * @param arguments Keycloak's folder, the extension's jar, the folder to work in, how many starts
   *     of each
   */
  public static void main(String[] arguments) throws Exception {
    Path work = Path.of(arguments[2]);
    int starts = Integer.parseInt(arguments[3]);
    Path without = installed(Path.of(arguments[0]), work.resolve("without"), null);
    Path with = installed(Path.of(arguments[0]), work.resolve("with"), Path.of(arguments[1]));
    // The first start makes the database
    start(without);
    start(with);
    List<Start> plain = new ArrayList<>();
    List<Start> extended = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      // The order changes, so that neither always runs behind the other
      if (i % 2 == 0) {
        plain.add(start(without));
        extended.add(start(with));
      } else {
        extended.add(start(with));
        plain.add(start(without));
      }
      OUT.printf(
          Locale.ROOT,
          "%2d  without %.3f s (cpu %.2f s)  with %.3f s (cpu %.2f s)%n",
          i + 1,
          plain.get(i).said(),
          plain.get(i).cpu(),
          extended.get(i).said(),
          extended.get(i).cpu());
    }
    OUT.printf(Locale.ROOT, "jar: %d bytes%n", Files.size(Path.of(arguments[1])));
    report("as Keycloak says", plain.stream().map(Start::said), extended.stream().map(Start::said));
    report("from the command", plain.stream().map(Start::seen), extended.stream().map(Start::seen));
    report("processor time", plain.stream().map(Start::cpu), extended.stream().map(Start::cpu));
  }

  private static void report(String what, Stream<Double> plain, Stream<Double> extended) {
    double without = median(plain);
    double with = median(extended);
    OUT.printf(
        Locale.ROOT,
        "%s, medians: without %.3f s, with %.3f s, difference %+.3f s, ratio %.3f%n",
        what,
        without,
        with,
        with - without,
        with / without);
  }

  private static double median(Stream<Double> values) {
    List<Double> sorted = values.sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private static Path installed(Path keycloak, Path home, Path jar)
      throws IOException, InterruptedException {
    copy(keycloak, home);
    if (jar != null) {
      Files.copy(jar, home.resolve("providers").resolve(jar.getFileName()));
    }
    Process build = kc(home, "build", "--db=dev-file", "--cache=local").start();
    if (build.waitFor() != 0) {
      throw new IllegalStateException("kc.sh build failed: see " + log(home));
    }
    return home;
  }

  private static Start start(Path home) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process server =
        kc(home, "start", "--optimized", "--http-enabled=true", "--hostname-strict=false").start();
    try {
      while (System.nanoTime() - begin < LONGEST_START.toNanos()) {
        Matcher line = STARTED.matcher(Files.readString(log(home)));
        if (line.find()) {
          double seen = (System.nanoTime() - begin) / 1e9;
          return new Start(Double.parseDouble(line.group(1)), seen, cpu(server));
        }
        if (server.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      throw new IllegalStateException("the server did not start: see " + log(home));
    } finally {
      server.descendants().forEach(ProcessHandle::destroy);
      server.destroy();
      server.waitFor();
    }
  }

  /** Of the script and of the server, which is its child. */
  private static double cpu(Process server) {
    return Stream.concat(Stream.of(server.toHandle()), server.descendants())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToDouble(duration -> duration.toNanos() / 1e9)
        .sum();
  }

  private static ProcessBuilder kc(Path home, String... arguments) {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(home).toFile());
  }

  private static Path log(Path home) {
    return home.resolveSibling(home.getFileName() + ".log");
  }

  /** A fresh copy, without the extensions and the data of the one before. */
  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      try (Stream<Path> old = Files.walk(to)) {
        old.sorted((a, b) -> b.compareTo(a)).forEach(StartUp::delete);
      }
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return folder.equals(from.resolve("data"))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.startsWith(from.resolve("providers"))) {
              Files.copy(file, to.resolve(from.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
