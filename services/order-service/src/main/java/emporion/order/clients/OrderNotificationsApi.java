package emporion.order.clients;

import emporion.chassis.clients.AsService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What notification-service knows of an order and its events. */
@RegisterRestClient(configKey = "notification-service")
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RegisterProvider(AsService.class)
public interface OrderNotificationsApi {
  /** What was written about an order to its customer. */
  @GET
  @Path("/order-notifications")
  Written written(@QueryParam("order_id") UUID orderId, @QueryParam("user_id") UUID userId);

  /**
   * Which of these events its consumers have taken in.
   *
   * @param eventIds at most 100, with commas between them
   */
  @GET
  @Path("/event-receipts")
  Receipts receipts(@QueryParam("event_ids") String eventIds);

  /** What was written, the oldest first. */
  record Written(List<Notification> items) {}

  /** How far a notification has come; what is not known, or not yet, is null. */
  record Notification(
      String kind,
      String status,
      int attempts,
      Instant nextAttemptAt,
      String lastError,
      Instant createdAt,
      Instant sentAt) {}

  /** The consumers, and what they have taken in. */
  record Receipts(List<Consumer> consumers, List<Receipt> items) {}

  /** A consumer and the types that it receives. */
  record Consumer(String name, List<String> types) {}

  /** That a consumer has taken an event in. */
  record Receipt(UUID eventId, String consumer, Instant takenAt) {}
}
