package emporion.order.clients;

import emporion.chassis.clients.AsService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The card network behind payment-service. */
@RegisterRestClient(configKey = "payment-service")
@Path("/v1/card-network")
@Produces(MediaType.APPLICATION_JSON)
@RegisterProvider(AsService.class)
public interface CardNetworkApi {
  @GET
  CardNetwork read();

  /**
   * What is to be known of it.
   *
   * @param tokenPattern a regular expression that its tokens match as a whole
   */
  record CardNetwork(String tokenPattern) {}
}
