package emporion.payment.charges.boundary.v1;

import emporion.payment.charges.control.CardNetwork;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What services need to know of the card network before they ask for a charge. */
@Path("/v1/card-network")
@ApplicationScoped
@RolesAllowed("service")
@Produces(MediaType.APPLICATION_JSON)
public class CardNetworkV1Resource {
  private CardNetwork network;

  CardNetworkV1Resource() {}

  @Inject
  CardNetworkV1Resource(CardNetwork network) {
    this.network = network;
  }

  @GET
  public CardNetworkV1 read() {
    return new CardNetworkV1(network.tokens().pattern());
  }

  /**
   * The card network.
   *
   * @param tokenPattern a regular expression that its tokens match as a whole
   */
  public record CardNetworkV1(String tokenPattern) {}
}
