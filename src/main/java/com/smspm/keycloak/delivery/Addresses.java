package com.smspm.keycloak.delivery;

import com.smspm.keycloak.delivery.Capabilities.Use;
import java.net.URI;
import java.util.Optional;
import org.keycloak.common.util.Encode;
import org.keycloak.common.util.KeycloakUriBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Where reports and questions about a message come to.
 *
 * @param reportBase what the server's address for reports begins with; nothing where it is not
 *     certain
 */
record Addresses(Optional<ReportBase> reportBase) {

  private static final String REPORT = "/realms/{realm}/smspm/delivery-reports/{capability}";

  /** For a gateway. Never at an address that came with a request. */
  Optional<URI> report(KeycloakSession session, RealmModel realm, Sending sending) {
    return reportBase.map(
        base ->
            KeycloakUriBuilder.fromUri(base.address())
                .path(base.complete() ? "" : session.getContext().getUri().getBaseUri().getPath())
                .path(REPORT)
                .build(
                    realm.getName(),
                    new Capabilities(session, realm).make(Use.REPORT, sending.encoded())));
  }

  /** For a page of this server: a path, so it is asked for where the page came from. */
  String status(KeycloakSession session, RealmModel realm, String messageId) {
    String base = session.getContext().getUri().getBaseUri().getRawPath();
    return (base.endsWith("/") ? base : base + "/")
        + "realms/"
        + Encode.encodePathSegmentAsIs(realm.getName())
        + "/smspm/status/"
        + new Capabilities(session, realm).make(Use.STATUS, messageId);
  }
}
