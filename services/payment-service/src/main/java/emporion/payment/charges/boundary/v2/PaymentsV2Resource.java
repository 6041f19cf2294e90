package emporion.payment.charges.boundary.v2;

import emporion.chassis.http.Representation;
import emporion.payment.charges.boundary.PaymentsResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 2 of the payments' paths. */
@Path("/v2/payments")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class PaymentsV2Resource extends PaymentsResource {
  PaymentsV2Resource() {
    super(new Representation<>("v2", PaymentV2::from));
  }
}
