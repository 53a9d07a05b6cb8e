package com.smspm.keycloak.it;

import com.smspm.keycloak.limits.ClosedRange;
import com.smspm.keycloak.limits.GuardMode;
import com.smspm.keycloak.limits.Ranges;
import com.smspm.keycloak.phone.NumberRange;
import java.time.Duration;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.testframework.remote.providers.runonserver.FetchOnServer;
import org.keycloak.testframework.remote.providers.runonserver.RunOnServer;

/**
 * What an admin does to ranges. It runs within the server, which knows neither the admin client nor
 * anything else of the tests.
 */
final class RangesOnServer {

  private RangesOnServer() {}

  static RunOnServer open(String prefix) {
    return session -> ranges(session).open(new NumberRange(prefix));
  }

  static RunOnServer close(String prefix, Duration length) {
    return session -> ranges(session).close(new NumberRange(prefix), length);
  }

  /** One range a line: prefix, reason, messages, verified. */
  static FetchOnServer list() {
    return session ->
        ranges(session).list().stream().map(RangesOnServer::line).collect(Collectors.joining("\n"));
  }

  private static Ranges ranges(KeycloakSession session) {
    return new Ranges(session, session.realms().getRealmByName(DemoRealm.NAME), GuardMode.ON);
  }

  private static String line(ClosedRange closed) {
    return String.join(
        " ",
        closed.range().prefix(),
        closed.reason().name(),
        "" + closed.messages(),
        "" + closed.verified());
  }
}
