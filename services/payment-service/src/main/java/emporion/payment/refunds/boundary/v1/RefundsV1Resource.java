package emporion.payment.refunds.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.PathId;
import emporion.payment.refunds.boundary.RefundAnswers;
import emporion.payment.refunds.boundary.RefundAnswers.Representation;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;

/** The refunds of one payment. */
@DeprecatedVersion
@Path("/v1/payments/" + PathId.TEMPLATE + "/refunds")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RefundsV1Resource {
  private static final Representation SHAPE = new Representation("v1", RefundV1::from);

  private RefundAnswers answers;

  RefundsV1Resource() {}

  @Inject
  RefundsV1Resource(RefundAnswers answers) {
    this.answers = answers;
  }

  @POST
  @RolesAllowed({"admin", "support"})
  public Response refund(
      @PathParam("id") UUID paymentId,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      NewRefundV1 refund) {
    var request = Optional.ofNullable(refund).map(NewRefundV1::toRequest);
    return answers.refund(paymentId, key, security, request, SHAPE);
  }

  @GET
  public Response list(@PathParam("id") UUID paymentId, @Context SecurityContext security) {
    return answers.list(paymentId, security, SHAPE);
  }
}
