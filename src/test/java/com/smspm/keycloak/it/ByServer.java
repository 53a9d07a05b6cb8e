package com.smspm.keycloak.it;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.keycloak.testframework.annotations.KeycloakIntegrationTest;

/**
 * Runs the tests that share a server one after another, so that few servers are started. The test
 * framework's own order compares in a way that is no order once some classes have no server of its
 * kind, and fails with that.
 */
public final class ByServer implements ClassOrderer {

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparing(ByServer::server)
                .thenComparing(it -> it.getTestClass().getName()));
  }

  private static String server(ClassDescriptor test) {
    return test.findAnnotation(KeycloakIntegrationTest.class)
        .map(it -> it.config().getName())
        .orElse("");
  }
}
