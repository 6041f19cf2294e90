package emporion.payment.charges.boundary.v1;

import emporion.chassis.http.DeprecatedVersion;
import emporion.chassis.http.PathId;
import emporion.payment.charges.boundary.PaymentAnswers;
import emporion.payment.charges.boundary.PaymentAnswers.Representation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;

/** Payments to read, the newest first; those of others do not exist for a shopper. */
@DeprecatedVersion
@Path("/v1/payments")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class PaymentsV1Resource {
  private static final Representation SHAPE = new Representation("v1", PaymentV1::from);

  private PaymentAnswers answers;

  PaymentsV1Resource() {}

  @Inject
  PaymentsV1Resource(PaymentAnswers answers) {
    this.answers = answers;
  }

  @GET
  public Response list(
      @Context SecurityContext security,
      @QueryParam("order_id") String orderId,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    return answers.list(security, orderId, limit, cursor, SHAPE);
  }

  @GET
  @Path("/" + PathId.TEMPLATE)
  public Response read(
      @PathParam("id") UUID id, @Context SecurityContext security, @Context Request request) {
    return answers.read(id, security, request, SHAPE);
  }
}
