package emporion.payment.refunds.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Representation;
import emporion.payment.refunds.boundary.RefundsResource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Version 1 of the refunds' paths. */
@DeprecatedVersion
@Path("/v1/payments/" + PathId.TEMPLATE + "/refunds")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class RefundsV1Resource extends RefundsResource<NewRefundV1> {
  RefundsV1Resource() {
    super(new Representation<>("v1", RefundV1::from));
  }
}
