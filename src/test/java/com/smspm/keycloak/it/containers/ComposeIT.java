package com.smspm.keycloak.it.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.FluentWait;

/** The demo of {@code docker compose up}, on the ports that the file publishes. */
class ComposeIT {

  private static final String KEYCLOAK = "http://localhost:8080";

  /** Alice's number, written for a query. */
  private static final URI MESSAGES =
      URI.create("http://localhost:8099/_simulator/messages?to=%2B37256789045");

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Duration LONGEST_RUN = LONGEST_START.plusMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  @AfterAll
  static void removeEverything() throws IOException, InterruptedException {
    try {
      compose("logs", "--no-color");
    } finally {
      compose("down", "--volumes", "--timeout", "5");
    }
  }

  @Test
  void theFileMountsTheJarsOfThisBuild() throws IOException, InterruptedException {
    JsonNode services =
        JSON.readTree(compose("config", "--format", "json").toFile()).path("services");

    assertThat(services.findValuesAsText("source"))
        .contains(System.getProperty("shipped.jar"), System.getProperty("simulator.jar"));
  }

  @Test
  void aliceLogsInWithTheCodeFromTheInbox() throws IOException, InterruptedException {
    compose(
        "up", "--detach", "--wait", "--wait-timeout", String.valueOf(LONGEST_START.toSeconds()));

    try (DemoLogin login = new DemoLogin(KEYCLOAK).enterPassword("alice", "alice")) {
      String code =
          new FluentWait<>(MESSAGES)
              .withTimeout(PATIENCE)
              .until(inbox -> read(inbox).path(0).path("code").textValue());
      login.enterCode(code);

      assertThat(login.isBackAtTheApplication()).isTrue();
      assertThat(login.username()).isEqualTo("alice");
    }
  }

  private static JsonNode read(URI json) {
    try (InputStream in = json.toURL().openStream()) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs {@code docker compose} on the shipped file, under a project name of the test's own.
   *
   * @return where its output is kept
   */
  private static Path compose(String... arguments) throws IOException, InterruptedException {
    Path output = Path.of("target", "compose-" + arguments[0] + ".log");
    List<String> command =
        Stream.concat(
                Stream.of("docker", "compose", "--project-name", "keycloak-smspm-it"),
                Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(Path.of("target", "compose-" + arguments[0] + ".err").toFile())
            .start();
    assertThat(process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s (see target/compose-*)", command).isZero();
    return output;
  }
}
