package com.smspm.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What docs/operations.md says about access logs keeps capabilities out of them, and only those.
 */
class OperationsTest {

  private final String text;

  OperationsTest() throws IOException {
    text = Files.readString(Path.of("docs", "operations.md"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/realms/r/smspm/delivery-reports/c",
        "/realms/r/smspm/status/c",
        "/auth/realms/r/smspm/delivery-reports/c",
        "/a/b/realms/the%20realm/smspm/status/c"
      })
  void addressesThatAreCapabilitiesAreLeftOut(String path) {
    assertThat(keycloak().matcher(path).matches()).isTrue();
    assertThat(nginx().matcher(path).find()).isTrue();
    assertThat(apache().matcher(path).find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/realms/r/protocol/openid-connect/auth",
        "/auth/admin/realms/r/smspm/users/u/lock",
        "/realms/r/smspm",
        "/realms/status/account"
      })
  void allOthersAreKept(String path) {
    assertThat(keycloak().matcher(path).matches()).isFalse();
    assertThat(nginx().matcher(path).find()).isFalse();
    assertThat(apache().matcher(path).find()).isFalse();
  }

  @Test
  void thereIsARecipeForEach() {
    assertThat(keycloak().pattern()).isNotEmpty();
    assertThat(nginx().pattern()).isEqualTo(apache().pattern());
  }

  /** Matches the whole path (Quarkus, {@code quarkus.http.access-log.exclude-pattern}). */
  private Pattern keycloak() {
    return recipe("--http-access-log-exclude='([^']+)'");
  }

  private Pattern nginx() {
    return recipe("location ~ (\\S+) \\{");
  }

  private Pattern apache() {
    return recipe("SetEnvIf Request_URI \"([^\"]+)\"");
  }

  private Pattern recipe(String where) {
    return Pattern.compile(where)
        .matcher(text)
        .results()
        .map((MatchResult found) -> Pattern.compile(found.group(1)))
        .findFirst()
        .orElseThrow();
  }
}
