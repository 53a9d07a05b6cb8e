package com.smspm.keycloak.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.smspm.keycloak.challenge.UserLock;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code /admin/realms/{realm}/smspm}: for admins who may view, or manage, the user concerned. */
public final class AdminResource {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminPermissionEvaluator permissions;
  private final AdminEventBuilder adminEvent;

  AdminResource(
      KeycloakSession session,
      RealmModel realm,
      AdminPermissionEvaluator permissions,
      AdminEventBuilder adminEvent) {
    this.session = session;
    this.realm = realm;
    this.permissions = permissions;
    this.adminEvent = adminEvent;
  }

  /**
   * How it stands with a user's codes.
   *
   * @param pauseSeconds for how long no code is sent or accepted, after too many wrong ones
   * @param suspended whether that holds until an admin or a new proof of the number ends it
   * @param openPauseSeconds the same pause at phone login and reset, for what anybody may type
   * @param openClosed whether one of them stays closed, for up to 90 days or until an admin opens
   *     it
   */
  public record LockView(
      @JsonProperty("pauseSeconds") long pauseSeconds,
      @JsonProperty("suspended") boolean suspended,
      @JsonProperty("openPauseSeconds") long openPauseSeconds,
      @JsonProperty("openClosed") boolean openClosed) {}

  /** Whether a user's codes are paused or switched off. */
  @GET
  @Path("users/{id}/lock")
  @Produces(MediaType.APPLICATION_JSON)
  public LockView lock(@PathParam("id") String id) {
    UserModel user = session.users().getUserById(realm, id);
    if (user == null) {
      permissions.users().requireView();
      throw new NotFoundException();
    }
    permissions.users().requireView(user);
    UserLock lock = UserLock.of(session, realm, user);
    return new LockView(
        lock.pause().toSeconds(),
        lock.suspended(),
        lock.openPause().toSeconds(),
        lock.openClosed());
  }

  /** Forgets a user's wrong codes: ends pauses, and switches codes on again. */
  @DELETE
  @Path("users/{id}/lock")
  public Response unlock(@PathParam("id") String id) {
    UserModel user = session.users().getUserById(realm, id);
    if (user == null) {
      permissions.users().requireManage();
      throw new NotFoundException();
    }
    permissions.users().requireManage(user);
    UserLock.clear(session, realm, user);
    adminEvent
        .resource(ResourceType.USER_LOGIN_FAILURE)
        .operation(OperationType.DELETE)
        .resourcePath(session.getContext().getUri())
        .success();
    return Response.noContent().build();
  }
}
