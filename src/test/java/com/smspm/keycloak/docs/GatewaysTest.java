package com.smspm.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example in docs/gateways.md is the one that is compiled and run, and short. */
class GatewaysTest {

  private static final Path EXAMPLE =
      Path.of("src/test/java/com/smspm/keycloak/example/WebhookGatewayFactory.java");

  @Test
  void theExampleOfTheDocumentIsTheOneThatIsTested() throws IOException {
    String document = Files.readString(Path.of("docs", "gateways.md"));
    int start = document.indexOf("```java\n") + "```java\n".length();

    assertThat(document.substring(start, document.indexOf("```\n", start)))
        .isEqualTo(Files.readString(EXAMPLE));
  }

  @Test
  void theExampleHasUnderAHundredLines() throws IOException {
    assertThat(Files.readAllLines(EXAMPLE)).hasSizeLessThan(100);
  }
}
