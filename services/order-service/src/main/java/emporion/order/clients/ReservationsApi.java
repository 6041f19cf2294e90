package emporion.order.clients;

import emporion.chassis.clients.AsService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Stock held for an order, by step key; every call may be repeated. */
@RegisterRestClient(configKey = "product-service")
@Path("/v1/reservations/{key}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RegisterProvider(AsService.class)
public interface ReservationsApi {
  @PUT
  Reservation reserve(@PathParam("key") String key, Lines lines);

  @POST
  @Path("/commit")
  Reservation commit(@PathParam("key") String key);

  /** Gives back what was held and not sold; an unknown key can't be reserved any more. */
  @DELETE
  Reservation release(@PathParam("key") String key);

  /** Takes back what was sold. */
  @POST
  @Path("/return")
  Reservation takeBack(@PathParam("key") String key);

  /** What to hold. */
  record Lines(UUID orderId, List<Line> lines) {}

  /** One product of it. */
  record Line(UUID productId, int quantity) {}

  /**
   * How the reservation stands now.
   *
   * @param soldByEvent the event that sells what is held; null where it has to be committed
   */
  record Reservation(String key, String status, String soldByEvent) {}
}
