package emporion.notification.messages.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.notification.messages.control.Deliveries;
import emporion.notification.messages.control.NotificationRepository;
import emporion.notification.messages.entity.Notification;
import emporion.notification.messages.entity.Summary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import java.util.function.Function;

/**
 * The answers that all versions of the notifications' paths share. Users read their own, support
 * and administrators everybody's; to others it does not exist.
 */
@ApplicationScoped
public class NotificationAnswers {
  private NotificationRepository notifications;
  private Deliveries deliveries;
  private Idempotency idempotency;

  NotificationAnswers() {}

  @Inject
  NotificationAnswers(
      NotificationRepository notifications, Deliveries deliveries, Idempotency idempotency) {
    this.notifications = notifications;
    this.deliveries = deliveries;
    this.idempotency = idempotency;
  }

  /**
   * How one version of the API shows a notification.
   *
   * @param version as it stands in paths and entity tags: {@code v1}
   * @param brief the record that becomes JSON in lists
   * @param whole the record that becomes JSON by itself
   */
  public record Representation(
      String version, Function<Summary, Record> brief, Function<Notification, Record> whole) {}

  /** A page of the caller's own, or of {@code user_id}'s, the newest first. */
  public Response list(
      SecurityContext security, String userId, String limit, String cursor, Representation shape) {
    var caller = Caller.of(security);
    var user = Query.id("user_id", userId).orElseGet(caller::userId);
    if (!mayRead(caller, user)) {
      throw Problem.notFound("user");
    }
    var page = notifications.list(user, Cursor.decode(cursor, 1), Query.limit(limit));
    return Response.ok(page.map(shape.brief())).build();
  }

  /** One notification. */
  public Response read(UUID id, SecurityContext security, Request request, Representation shape) {
    var caller = Caller.of(security);
    var notification =
        notifications
            .find(id)
            .filter(found -> mayRead(caller, found.userId()))
            .orElseThrow(() -> Problem.notFound("notification"));
    var tag = Etag.of(shape.version(), notification.version());
    return Etag.answer(request, tag, shape.whole().apply(notification));
  }

  /** Sends it again; 202, because it leaves a moment later. */
  public Response repeat(UUID id, String key, SecurityContext security, Representation shape) {
    return idempotency.once(
        "redeliver " + Caller.of(security).subject(),
        key,
        new Redelivery(shape.version(), id),
        () -> accepted(deliveries.repeat(id), shape));
  }

  private static Response accepted(Notification notification, Representation shape) {
    return Response.accepted(shape.whole().apply(notification))
        .header(HttpHeaders.LOCATION, "/" + shape.version() + "/notifications/" + notification.id())
        .build();
  }

  private static boolean mayRead(Caller caller, UUID userId) {
    return caller.is(userId) || caller.isAny("support", "admin");
  }

  private record Redelivery(String version, UUID id) {}
}
