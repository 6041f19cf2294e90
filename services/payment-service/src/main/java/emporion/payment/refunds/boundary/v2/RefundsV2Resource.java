package emporion.payment.refunds.boundary.v2;

import emporion.chassis.http.PathId;
import emporion.chassis.http.Representation;
import emporion.payment.refunds.boundary.RefundsResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 2 of the refunds' paths. */
@Path("/v2/payments/" + PathId.TEMPLATE + "/refunds")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class RefundsV2Resource extends RefundsResource<NewRefundV2> {
  RefundsV2Resource() {
    super(new Representation<>("v2", RefundV2::from));
  }
}
