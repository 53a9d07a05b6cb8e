package com.smspm.keycloak.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.ConfigurableAuthenticatorFactory;
import org.keycloak.authentication.FormActionFactory;
import org.keycloak.authentication.FormAuthenticatorFactory;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.representations.idm.AuthenticationExecutionExportRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** A flow as a tree of text, with the names that the admin console shows. */
final class FlowTree {

  /** What each provider is called; those that are nobody's are missing. */
  private static final Map<String, String> NAMES = new HashMap<>();

  static {
    List.of(AuthenticatorFactory.class, FormActionFactory.class, FormAuthenticatorFactory.class)
        .forEach(FlowTree::load);
  }

  private record Line(String name, String requirement, String settings) {}

  private final RealmRepresentation realm;
  private final List<Line> lines = new ArrayList<>();

  private FlowTree(RealmRepresentation realm) {
    this.realm = realm;
  }

  private static <F extends ProviderFactory<?> & ConfigurableAuthenticatorFactory> void load(
      Class<? extends F> kind) {
    var found = ServiceLoader.load(kind).iterator();
    while (hasNext(found)) {
      try {
        F factory = found.next();
        NAMES.put(factory.getId(), factory.getDisplayType());
      } catch (ServiceConfigurationError withoutItsLibraries) {
        continue;
      }
    }
  }

  private static boolean hasNext(java.util.Iterator<?> found) {
    try {
      return found.hasNext();
    } catch (ServiceConfigurationError withoutItsLibraries) {
      return hasNext(found);
    }
  }

  /** Whether there is such a provider, be it Keycloak's or ours. */
  static boolean isKnown(String provider) {
    return NAMES.containsKey(provider);
  }

  static String of(RealmRepresentation realm, AuthenticationFlowRepresentation flow) {
    FlowTree tree = new FlowTree(realm);
    tree.add(flow, "");
    int width = tree.lines.stream().mapToInt(line -> line.name().length()).max().orElse(0) + 2;
    return flow.getAlias()
        + "\n"
        + tree.lines.stream().map(line -> text(line, width)).collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String text(Line line, int width) {
    String name = line.name() + " ".repeat(width - line.name().length());
    String settings = line.settings() == null ? "" : "  (" + line.settings() + ")";
    return name + line.requirement() + settings;
  }

  private void add(AuthenticationFlowRepresentation flow, String indent) {
    List<AuthenticationExecutionExportRepresentation> steps = flow.getAuthenticationExecutions();
    for (AuthenticationExecutionExportRepresentation step : steps) {
      boolean last = step == steps.get(steps.size() - 1);
      String sub = step.getFlowAlias();
      String name = sub == null ? NAMES.get(step.getAuthenticator()) : sub.replaceAll("^.*: ", "");
      lines.add(
          new Line(
              indent + (last ? "└─ " : "├─ ") + name,
              capitalised(step.getRequirement()),
              sub == null ? step.getAuthenticatorConfig() : "sub-flow"));
      if (sub != null) {
        add(flow(realm, sub), indent + (last ? "   " : "│  "));
      }
    }
  }

  static AuthenticationFlowRepresentation flow(RealmRepresentation realm, String alias) {
    return realm.getAuthenticationFlows().stream()
        .filter(it -> it.getAlias().equals(alias))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no flow " + alias));
  }

  private static String capitalised(String requirement) {
    return requirement.charAt(0) + requirement.substring(1).toLowerCase(Locale.ROOT);
  }
}
