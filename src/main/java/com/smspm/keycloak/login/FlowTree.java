package com.smspm.keycloak.login;

import java.util.stream.Stream;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.RealmModel;

/** Finds its way in flows as admins have put them together. */
final class FlowTree {

  private FlowTree() {}

  /** The steps of a flow and of all flows in it, but for what is disabled. */
  static Stream<AuthenticationExecutionModel> stepsIn(RealmModel realm, String flow) {
    return realm
        .getAuthenticationExecutionsStream(flow)
        .filter(AuthenticationExecutionModel::isEnabled)
        .flatMap(it -> it.isAuthenticatorFlow() ? stepsIn(realm, it.getFlowId()) : Stream.of(it));
  }

  /** A flow, the one that it is in, and so on to the top. */
  static Stream<String> around(RealmModel realm, String flow) {
    AuthenticationFlowModel here = realm.getAuthenticationFlowById(flow);
    AuthenticationExecutionModel inParent =
        here == null || here.isTopLevel() ? null : realm.getAuthenticationExecutionByFlowId(flow);
    return inParent == null
        ? Stream.of(flow)
        : Stream.concat(Stream.of(flow), around(realm, inParent.getParentFlow()));
  }
}
