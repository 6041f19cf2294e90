package emporion.order.clients;

import emporion.chassis.clients.AsService;
import emporion.order.ordering.entity.Money;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What has become of a charge. */
@RegisterRestClient(configKey = "payment-service")
@Path("/v1/charges/{key}/history")
@Produces(MediaType.APPLICATION_JSON)
@RegisterProvider(AsService.class)
public interface ChargeHistoryApi {
  @GET
  ChargeHistory read(@PathParam("key") String key);

  /**
   * A charge, what went back of it, and what was told of it.
   *
   * @param payment null for a key that was voided before it was charged
   */
  record ChargeHistory(Payment payment, List<Refund> refunds, List<Event> events) {}

  /**
   * The payment as it stands.
   *
   * @param reason why the card's bank said no; null unless it did
   * @param card the brand; null unless it was charged
   */
  record Payment(
      String status,
      String reason,
      Money amount,
      String card,
      Instant createdAt,
      Instant changedAt) {}

  /** Money on its way back, or there; what was not said is null. */
  record Refund(
      String method,
      String status,
      Money amount,
      String reason,
      String requestedBy,
      String failure,
      int attempts,
      Instant nextAttemptAt,
      Instant createdAt) {}

  /** An event about the payment; what is not known, or not yet, is null. */
  record Event(
      UUID eventId,
      String type,
      String traceId,
      Instant occurredAt,
      Instant publishedAt,
      int refusals,
      Instant nextAttemptAt) {}
}
