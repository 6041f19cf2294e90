package emporion.notification.messages.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.http.Representation;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.notification.messages.control.Deliveries;
import emporion.notification.messages.control.NotificationRepository;
import emporion.notification.messages.entity.Notification;
import emporion.notification.messages.entity.Summary;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * What was sent to a user. Users read their own, support and administrators everybody's; to others
 * it does not exist.
 */
@RolesAllowed(Caller.SIGNED_IN)
public abstract class NotificationsResource {
  private final Representation<Summary> brief;
  private final Representation<Notification> whole;
  @Inject private NotificationRepository notifications;
  @Inject private Deliveries deliveries;
  @Inject private Idempotency idempotency;
  @Inject private JsonWebToken token;

  /**
   * One version of it.
   *
   * @param brief as lists show them
   * @param whole one by itself
   */
  protected NotificationsResource(
      Representation<Summary> brief, Representation<Notification> whole) {
    this.brief = brief;
    this.whole = whole;
  }

  /** A page of the caller's own, or of {@code user_id}'s, the newest first. */
  @GET
  public Response list(
      @QueryParam("user_id") String userId,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var caller = Caller.of(token);
    var user = Query.id("user_id", userId).orElseGet(caller::userId);
    if (!mayRead(caller, user)) {
      throw Problem.notFound("user");
    }
    var page = notifications.list(user, Cursor.decode(cursor, 1), Query.limit(limit));
    return Response.ok(page.map(brief::of)).build();
  }

  /** One notification. */
  @GET
  @Path("/" + PathId.TEMPLATE)
  public Response read(@PathParam("id") UUID id, @Context Request request) {
    var caller = Caller.of(token);
    var notification =
        notifications
            .find(id)
            .filter(found -> mayRead(caller, found.userId()))
            .orElseThrow(() -> Problem.notFound("notification"));
    return Etag.answer(request, whole.tag(notification.version()), whole.of(notification));
  }

  /** Sends it again; 202, because it leaves a moment later. */
  @POST
  @Path("/" + PathId.TEMPLATE + "/redeliveries")
  @RolesAllowed({"support", "admin"})
  public Response repeat(@PathParam("id") UUID id, @HeaderParam("Idempotency-Key") String key) {
    return idempotency.once(
        "redeliver " + token.getSubject(),
        key,
        new Redelivery(whole.version(), id),
        () -> accepted(deliveries.repeat(id)));
  }

  private Response accepted(Notification notification) {
    return Response.accepted(whole.of(notification))
        .header(HttpHeaders.LOCATION, whole.path("notifications/" + notification.id()))
        .build();
  }

  private static boolean mayRead(Caller caller, UUID userId) {
    return caller.is(userId) || caller.isAny("support", "admin");
  }

  private record Redelivery(String version, UUID id) {}
}
