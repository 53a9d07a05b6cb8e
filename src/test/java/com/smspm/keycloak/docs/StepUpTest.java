package com.smspm.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example in docs/step-up.md is the one that is compiled and run. */
class StepUpTest {

  private static final Path EXAMPLE =
      Path.of("src/test/java/com/smspm/keycloak/example/PaymentConfirmation.java");

  @Test
  void theExampleOfTheDocumentIsTheOneThatIsTested() throws IOException {
    String document = Files.readString(Path.of("docs", "step-up.md"));
    int start = document.indexOf("```java\n") + "```java\n".length();

    assertThat(document.substring(start, document.indexOf("```\n", start)))
        .isEqualTo(Files.readString(EXAMPLE));
  }
}
