package com.smspm.keycloak.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.representations.idm.AuthenticationExecutionExportRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.util.JsonSerialization;

/** The ready-made flows of the realm export are whole, and docs/flows.md shows them as they are. */
class FlowsTest {

  private static final Path EXPORT = Path.of("realm-export", "smspm-demo-realm.json");
  private static final Path DOCUMENT = Path.of("docs", "flows.md");
  private static final Pattern TREE = Pattern.compile("(?s)```text\n(.*?)```");

  private static final RealmRepresentation REALM = realm();

  private static RealmRepresentation realm() {
    try (InputStream in = Files.newInputStream(EXPORT)) {
      return JsonSerialization.readValue(in, RealmRepresentation.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<String> ours() {
    return REALM.getAuthenticationFlows().stream()
        .filter(flow -> flow.isTopLevel() && !flow.isBuiltIn())
        .map(AuthenticationFlowRepresentation::getAlias);
  }

  @ParameterizedTest
  @MethodSource("ours")
  void theDocumentShowsTheFlowAsItIsAndSaysWhenToChooseIt(String alias) throws IOException {
    String document = Files.readString(DOCUMENT);
    String heading = "\n## " + alias + "\n";
    assertThat(document).contains(heading);
    String section = document.substring(document.indexOf(heading) + heading.length());
    section = section.substring(0, (section + "\n## ").indexOf("\n## "));

    assertThat(section)
        .contains("```text\n" + FlowTree.of(REALM, FlowTree.flow(REALM, alias)) + "```")
        .contains("**When.**")
        .contains("**Try it.**");
  }

  @Test
  void theDocumentShowsNoFlowThatThereIsNot() throws IOException {
    assertThat(TREE.matcher(Files.readString(DOCUMENT)).results())
        .extracting(tree -> tree.group(1).lines().findFirst().orElse(""))
        .containsExactlyInAnyOrderElementsOf(ours().toList());
  }

  @ParameterizedTest
  @MethodSource("ours")
  void theFlowCanBeTried(String alias) {
    String id = FlowTree.flow(REALM, alias).getId();
    Set<String> bound = new HashSet<>();
    REALM
        .getClients()
        .forEach(it -> bound.addAll(it.getAuthenticationFlowBindingOverrides().values()));

    assertThat(
            bound.contains(id)
                || List.of(
                        REALM.getBrowserFlow(),
                        REALM.getDirectGrantFlow(),
                        REALM.getRegistrationFlow(),
                        REALM.getResetCredentialsFlow())
                    .contains(alias))
        .isTrue();
  }

  @Test
  void everyStepIsOfAProviderThatThereIsAndEverySettingIsThere() {
    List<String> configs =
        REALM.getAuthenticatorConfig().stream()
            .map(AuthenticatorConfigRepresentation::getAlias)
            .toList();
    for (AuthenticationFlowRepresentation flow : REALM.getAuthenticationFlows()) {
      for (AuthenticationExecutionExportRepresentation step : flow.getAuthenticationExecutions()) {
        if (step.getFlowAlias() != null) {
          FlowTree.flow(REALM, step.getFlowAlias());
        } else if (!flow.isBuiltIn()) {
          assertThat(step.getAuthenticator()).matches(FlowTree::isKnown);
        }
        if (step.getAuthenticatorConfig() != null) {
          assertThat(configs).contains(step.getAuthenticatorConfig());
        }
      }
    }
  }

  @Test
  void everySettingIsUsedOnce() {
    List<String> used =
        REALM.getAuthenticationFlows().stream()
            .flatMap(flow -> flow.getAuthenticationExecutions().stream())
            .map(AuthenticationExecutionExportRepresentation::getAuthenticatorConfig)
            .filter(config -> config != null)
            .toList();

    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            REALM.getAuthenticatorConfig().stream()
                .map(AuthenticatorConfigRepresentation::getAlias)
                .toList());
  }
}
