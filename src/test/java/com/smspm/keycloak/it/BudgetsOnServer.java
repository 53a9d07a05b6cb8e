package com.smspm.keycloak.it;

import com.smspm.keycloak.limits.SendBudgets;
import com.smspm.keycloak.limits.SendLimits;
import com.smspm.keycloak.limits.Slots;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.testframework.remote.providers.runonserver.FetchOnServer;

/** Claims within the server, in requests that end as a test wants. */
final class BudgetsOnServer {

  private BudgetsOnServer() {}

  /** Of so many requests after one another, those that were granted a message to the number. */
  static FetchOnServer granted(String number, int requests, boolean rollBack) {
    return session -> {
      AtomicInteger granted = new AtomicInteger();
      for (int i = 0; i < requests; i++) {
        KeycloakModelUtils.runJobInTransaction(
            session.getKeycloakSessionFactory(),
            request -> {
              if (claim(request, number)) {
                granted.incrementAndGet();
              }
              if (rollBack) {
                request.getTransactionManager().setRollbackOnly();
              }
            });
      }
      return granted.get();
    };
  }

  /** Whether a number that is proven to nobody has to wait for its next message. */
  static FetchOnServer waits(String number) {
    return session ->
        new Slots(session, session.realms().getRealmByName(DemoRealm.NAME))
            .isTaken("wait-unproven", number, 1);
  }

  private static boolean claim(KeycloakSession session, String number) {
    SendBudgets budgets =
        new SendBudgets(
            session, session.realms().getRealmByName(DemoRealm.NAME), SendLimits.DEFAULT);
    return budgets
        .claim(new SendBudgets.Request(number, number, true, "192.0.2.1", Duration.ofSeconds(30)))
        .claims()
        .isPresent();
  }
}
