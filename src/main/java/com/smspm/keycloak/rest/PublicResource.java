package com.smspm.keycloak.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.smspm.keycloak.delivery.DeliveryState;
import com.smspm.keycloak.delivery.MessageStatus;
import com.smspm.keycloak.delivery.ReportedState;
import com.smspm.keycloak.delivery.Sending;
import com.smspm.keycloak.delivery.SmsDelivery;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * {@code /realms/{realm}/smspm}: without a login, for whoever holds a capability. One for reporting
 * cannot ask, one for asking cannot report, and neither can do anything else: not log in, not
 * change the life of a code, not free a budget.
 */
public final class PublicResource {

  /** What SMSPM's documents want as an answer to a report. */
  private static final String OK = "OK";

  private final KeycloakSession session;
  private final RealmModel realm;

  PublicResource(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
  }

  /**
   * The answer to a page.
   *
   * @param state {@code queued}, {@code unknown}, {@code accepted}, {@code sent}, {@code delivered}
   *     or {@code failed}
   * @param complete nothing more will be learnt
   * @param resend whether another message can be asked for at once, because this one was not sent
   */
  public record StatusView(
      @JsonProperty("state") String state,
      @JsonProperty("complete") boolean complete,
      @JsonProperty("resend") boolean resend) {

    static StatusView of(MessageStatus message) {
      return new StatusView(
          message.state().name().toLowerCase(Locale.ROOT),
          message.complete(),
          message.state() == DeliveryState.FAILED && message.notSent());
    }
  }

  /** A delivery report as in SMSPM's API documents. Always the same answer. */
  @GET
  @Path("delivery-reports/{capability}")
  @Produces(MediaType.TEXT_PLAIN)
  public Response reported(
      @PathParam("capability") String capability, @QueryParam("status") String status) {
    delivery()
        .reportedBy(realm, capability)
        .ifPresent(sending -> note(sending, DeliveryReport.stateOf(status)));
    return ok();
  }

  /**
   * A delivery report as on SMSPM's marketing page. Always the same answer; the body is only looked
   * at once the capability is known to be ours, so nobody else can make this wait.
   */
  @POST
  @Path("delivery-reports/{capability}")
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.TEXT_PLAIN)
  public Response reported(
      @PathParam("capability") String capability,
      @QueryParam("status") String status,
      InputStream body)
      throws IOException {
    Optional<Sending> sending = delivery().reportedBy(realm, capability);
    if (sending.isPresent()) {
      note(
          sending.get(),
          status == null ? DeliveryReport.stateIn(body) : DeliveryReport.stateOf(status));
    }
    return ok();
  }

  /** What became of a message; {@code 404} without a capability for asking. */
  @GET
  @Path("status/{capability}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response status(@PathParam("capability") String capability) {
    return delivery()
        .statusBy(realm, capability)
        .map(message -> Response.ok(StatusView.of(message)))
        .orElse(Response.status(Response.Status.NOT_FOUND))
        .cacheControl(neverStored())
        .build();
  }

  private void note(Sending sending, Optional<ReportedState> state) {
    state.ifPresent(it -> delivery().report(realm, sending, it));
  }

  private static Response ok() {
    return Response.ok(OK).cacheControl(neverStored()).build();
  }

  private static CacheControl neverStored() {
    CacheControl control = new CacheControl();
    control.setNoStore(true);
    return control;
  }

  private SmsDelivery delivery() {
    return session.getProvider(SmsDelivery.class);
  }
}
