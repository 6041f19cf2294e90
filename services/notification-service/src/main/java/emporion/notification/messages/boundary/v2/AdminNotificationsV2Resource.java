package emporion.notification.messages.boundary.v2;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.notification.messages.boundary.v2.AdminNotificationV2.RedeliveryV2;
import emporion.notification.messages.control.AttemptLog;
import emporion.notification.messages.control.Deliveries;
import emporion.notification.messages.control.NotificationRepository;
import emporion.notification.messages.control.NotificationSearch;
import emporion.notification.messages.entity.Channel;
import emporion.notification.messages.entity.Failure;
import emporion.notification.messages.entity.Kind;
import emporion.notification.messages.entity.NotificationFilter;
import emporion.notification.messages.entity.Standing;
import emporion.notification.messages.entity.Status;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** What was sent to all users and what became of it, for those who look after it. */
@Path("/v2/admin/notifications")
@ApplicationScoped
@RolesAllowed({"support", "admin"})
@Produces(MediaType.APPLICATION_JSON)
public class AdminNotificationsV2Resource {
  @Inject private NotificationSearch search;
  @Inject private NotificationRepository notifications;
  @Inject private AttemptLog log;
  @Inject private Deliveries deliveries;
  @Inject private Idempotency idempotency;
  @Inject private JsonWebToken token;

  /** A page of those that are meant, the newest first. */
  @GET
  public Response list(
      @QueryParam("status") String status,
      @QueryParam("channel") String channel,
      @QueryParam("event_type") String eventType,
      @QueryParam("failure") String failure,
      @QueryParam("user_id") String userId,
      @QueryParam("order_id") String orderId,
      @QueryParam("created_from") String from,
      @QueryParam("created_to") String to,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var filter =
        new NotificationFilter(
            Query.oneOf("status", status, Status.class),
            Query.oneOf("channel", channel, Channel.class),
            Query.oneOf("event_type", eventType, Kind.class),
            Query.oneOf("failure", failure, Failure.class),
            Query.id("user_id", userId),
            Query.id("order_id", orderId),
            Query.time("created_from", from),
            Query.time("created_to", to));
    var page = search.list(filter, Cursor.decode(cursor, 1), Query.limit(limit));
    return Response.ok(page.map(AdminNotificationV2::from)).build();
  }

  /** One of them with every attempt that was made. */
  @GET
  @Path("/" + PathId.TEMPLATE)
  public Response read(@PathParam("id") UUID id) {
    var one = notifications.find(id).orElseThrow(() -> Problem.notFound("notification"));
    return Response.ok(AdminNotificationV2.from(Standing.of(one), log.of(one))).build();
  }

  /**
   * Sends again what has failed and is meant, some 200 at once; 202, as it leaves a moment later.
   */
  @POST
  @Path("/redeliveries")
  public Response repeat(
      @QueryParam("channel") String channel,
      @QueryParam("event_type") String eventType,
      @QueryParam("failure") String failure,
      @QueryParam("created_from") String from,
      @QueryParam("created_to") String to,
      @HeaderParam("Idempotency-Key") String key) {
    var meant =
        new NotificationFilter(
            Optional.of(Status.FAILED),
            Query.oneOf("channel", channel, Channel.class),
            Query.oneOf("event_type", eventType, Kind.class),
            Query.oneOf("failure", failure, Failure.class),
            Optional.empty(),
            Optional.empty(),
            Query.time("created_from", from),
            Query.time("created_to", to));
    return idempotency.once(
        "redeliver all " + token.getSubject(),
        key,
        new Meant(channel, eventType, failure, from, to),
        () -> Response.accepted(new RedeliveryV2(deliveries.repeatAll(meant))).build());
  }

  private record Meant(String channel, String eventType, String failure, String from, String to) {}
}
