package com.smspm.keycloak.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;

/** A browser flow, as an admin puts it together. */
record TestFlow(RealmResource realm, String alias) {

  private static final String KIND = "basic-flow";

  /** Makes a flow of the realm's own: the password, and then what a test adds. */
  static void bind(RealmResource realm, String alias, Consumer<TestFlow> afterPassword) {
    bind(realm, alias, "auth-username-password-form", afterPassword);
  }

  static void bind(RealmResource realm, String alias, String first, Consumer<TestFlow> afterFirst) {
    afterFirst.accept(create(realm, alias).step(first, "REQUIRED"));
    OpenDoors.bindBrowser(realm, alias);
  }

  /** A new flow that nothing uses yet. */
  static TestFlow create(RealmResource realm, String alias) {
    AuthenticationFlowRepresentation representation = new AuthenticationFlowRepresentation();
    representation.setAlias(alias);
    representation.setProviderId(KIND);
    representation.setTopLevel(true);
    representation.setBuiltIn(false);
    realm.flows().createFlow(representation).close();
    return new TestFlow(realm, alias);
  }

  TestFlow step(String provider, String requirement) {
    realm.flows().addExecution(alias, Map.of("provider", provider));
    return require(requirement);
  }

  TestFlow sub(String requirement, Consumer<TestFlow> inside) {
    String sub = alias + " sub-flow " + realm.flows().getExecutions(alias).size();
    realm
        .flows()
        .addExecutionFlow(
            alias, Map.of("alias", sub, "type", KIND, "provider", "", "description", ""));
    inside.accept(new TestFlow(realm, sub));
    return require(requirement);
  }

  /** Sets what is behind the gear of the newest step. */
  TestFlow configure(Map<String, String> settings) {
    AuthenticatorConfigRepresentation config = new AuthenticatorConfigRepresentation();
    config.setAlias(newest().getId());
    config.setConfig(new HashMap<>(settings));
    realm.flows().newExecutionConfig(newest().getId(), config).close();
    return this;
  }

  private AuthenticationExecutionInfoRepresentation newest() {
    List<AuthenticationExecutionInfoRepresentation> own =
        realm.flows().getExecutions(alias).stream().filter(it -> it.getLevel() == 0).toList();
    return own.get(own.size() - 1);
  }

  private TestFlow require(String requirement) {
    AuthenticationExecutionInfoRepresentation newest = newest();
    newest.setRequirement(requirement);
    realm.flows().updateExecutions(alias, newest);
    return this;
  }
}
