package emporion.order.clients;

import emporion.chassis.clients.AsService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What is held and not sold. */
@RegisterRestClient(configKey = "product-service")
@Path("/v1/reservations")
@Produces(MediaType.APPLICATION_JSON)
@RegisterProvider(AsService.class)
public interface HeldReservationsApi {
  /**
   * The oldest first.
   *
   * @param time as RFC 3339 writes it
   */
  @GET
  HeldReservations read(@QueryParam("held_before") String time, @QueryParam("limit") int limit);

  /** At most as many as asked for. */
  record HeldReservations(List<Held> items) {}

  /** One reservation. */
  record Held(String key, UUID orderId) {}
}
