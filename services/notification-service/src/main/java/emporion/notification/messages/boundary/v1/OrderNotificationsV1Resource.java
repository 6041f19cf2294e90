package emporion.notification.messages.boundary.v1;

import emporion.chassis.http.Query;
import emporion.chassis.problem.Problem;
import emporion.notification.messages.control.NotificationRepository;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** What was written about an order, for another service to tell; neither texts nor addresses. */
@Path("/v1/order-notifications")
@ApplicationScoped
@RolesAllowed("service")
@Produces(MediaType.APPLICATION_JSON)
public class OrderNotificationsV1Resource {
  private static final int MOST = 100;

  private NotificationRepository notifications;

  OrderNotificationsV1Resource() {}

  @Inject
  OrderNotificationsV1Resource(NotificationRepository notifications) {
    this.notifications = notifications;
  }

  /**
   * The newest hundred, the oldest of these first.
   *
   * @param userId whose order it is: what was written is found by its reader
   */
  @GET
  public OrderNotificationsV1 list(
      @QueryParam("order_id") String orderId, @QueryParam("user_id") String userId) {
    var order = demanded("order_id", orderId);
    var user = demanded("user_id", userId);
    return OrderNotificationsV1.from(notifications.about(user, order, MOST));
  }

  private static UUID demanded(String name, String value) {
    return Query.id(name, value).orElseThrow(() -> Problem.invalid(name, "must be a UUID"));
  }
}
