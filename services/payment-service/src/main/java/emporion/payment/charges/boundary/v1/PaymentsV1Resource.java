package emporion.payment.charges.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.Representation;
import emporion.payment.charges.boundary.PaymentsResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 1 of the payments' paths. */
@DeprecatedVersion
@Path("/v1/payments")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class PaymentsV1Resource extends PaymentsResource {
  PaymentsV1Resource() {
    super(new Representation<>("v1", PaymentV1::from));
  }
}
