package emporion.order.clients;

import emporion.chassis.clients.AsService;
import emporion.order.ordering.entity.Money;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Charges for orders, by step key; every call may be repeated. */
@RegisterRestClient(configKey = "payment-service")
@Path("/v1/charges/{key}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RegisterProvider(AsService.class)
@RegisterProvider(DeclineMapper.class)
public interface ChargesApi {
  @PUT
  Charge charge(@PathParam("key") String key, NewCharge charge);

  /**
   * Gives back whatever was charged; an unknown key can't be charged any more.
   *
   * @param reason why
   * @param by who asked for it; null where nobody did
   */
  @DELETE
  Charge undo(
      @PathParam("key") String key,
      @QueryParam("reason") String reason,
      @QueryParam("requested_by") String by);

  /** What to charge, and to which of the provider's tokens. */
  record NewCharge(UUID orderId, UUID userId, Money amount, String token) {
    @Override
    public String toString() {
      return "charge for " + orderId;
    }
  }

  /**
   * How the charge stands now.
   *
   * @param refunded what went back in all; null where nothing was ever charged
   */
  record Charge(String key, String status, Money refunded) {}
}
