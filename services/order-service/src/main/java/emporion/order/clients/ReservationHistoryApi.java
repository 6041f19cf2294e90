package emporion.order.clients;

import emporion.chassis.clients.AsService;
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

/** What has become of a reservation. */
@RegisterRestClient(configKey = "product-service")
@Path("/v1/reservations/{key}/history")
@Produces(MediaType.APPLICATION_JSON)
@RegisterProvider(AsService.class)
public interface ReservationHistoryApi {
  @GET
  ReservationHistory read(@PathParam("key") String key);

  /** Its lines, and each status that it came to, the oldest first. */
  record ReservationHistory(List<Line> lines, List<Turn> turns) {}

  /**
   * What was asked for of a product.
   *
   * @param available how many there were where that was too little; null otherwise
   */
  record Line(UUID productId, int quantity, Long available) {}

  /** When it came to a status. */
  record Turn(String status, Instant at) {}
}
