package emporion.notification.messages.boundary.v1;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Page;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.notification.messages.control.Deliveries;
import emporion.notification.messages.entity.Notification;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;

/**
 * What was sent to a user: users read their own, support and administrators everybody's; to others
 * it does not exist.
 */
@Path("/v1/notifications")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class NotificationsV1Resource {
  private static final String ID = "{id:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}";
  private static final String VERSION = "v1";

  private Deliveries deliveries;
  private Idempotency idempotency;

  NotificationsV1Resource() {}

  @Inject
  NotificationsV1Resource(Deliveries deliveries, Idempotency idempotency) {
    this.deliveries = deliveries;
    this.idempotency = idempotency;
  }

  /** A page of the caller's own, or of {@code user_id}'s, the newest first. */
  @GET
  public Page<NotificationV1> list(
      @QueryParam("user_id") String userId,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor,
      @Context SecurityContext security) {
    var caller = Caller.of(security);
    var user = Query.id("user_id", userId).orElseGet(caller::userId);
    if (!mayRead(caller, user)) {
      throw Problem.notFound("user");
    }
    return deliveries
        .list(user, Cursor.decode(cursor, 1), Query.limit(limit))
        .map(NotificationV1::from);
  }

  @GET
  @Path("/" + ID)
  public Response read(
      @PathParam("id") UUID id, @Context SecurityContext security, @Context Request request) {
    var caller = Caller.of(security);
    var notification =
        deliveries
            .find(id)
            .filter(found -> mayRead(caller, found.userId()))
            .orElseThrow(() -> Problem.notFound("notification"));
    return Etag.answer(
        request, Etag.of(VERSION, notification.version()), NotificationV1.from(notification));
  }

  /** Sends it again; 202, because it leaves a moment later. */
  @POST
  @Path("/" + ID + "/redeliveries")
  @RolesAllowed({"support", "admin"})
  public Response repeat(
      @PathParam("id") UUID id,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security) {
    return idempotency.once(
        "redeliver " + Caller.of(security).subject(),
        key,
        new Redelivery(id),
        () -> accepted(deliveries.repeat(id)));
  }

  private static Response accepted(Notification notification) {
    return Response.accepted(NotificationV1.from(notification))
        .header(HttpHeaders.LOCATION, "/v1/notifications/" + notification.id())
        .build();
  }

  private static boolean mayRead(Caller caller, UUID userId) {
    return caller.is(userId) || caller.isAny("support", "admin");
  }

  private record Redelivery(UUID id) {}
}
