package emporion.payment.charges.boundary.v1;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Page;
import emporion.chassis.http.Query;
import emporion.chassis.security.Caller;
import emporion.payment.charges.boundary.PaymentAccess;
import emporion.payment.charges.control.Ledger;
import emporion.payment.charges.control.PaymentBook.PaymentFilter;
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
@Path("/v1/payments")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class PaymentsV1Resource {
  private Ledger ledger;
  private PaymentAccess access;

  PaymentsV1Resource() {}

  @Inject
  PaymentsV1Resource(Ledger ledger, PaymentAccess access) {
    this.ledger = ledger;
    this.access = access;
  }

  @GET
  public Page<PaymentV1> list(
      @Context SecurityContext security,
      @QueryParam("order_id") String orderId,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var filter =
        new PaymentFilter(access.owner(Caller.of(security)), Query.id("order_id", orderId));
    return ledger.list(filter, Cursor.decode(cursor, 1), Query.limit(limit)).map(PaymentV1::from);
  }

  @GET
  @Path("/{id:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}")
  public Response read(
      @PathParam("id") UUID id, @Context SecurityContext security, @Context Request request) {
    var payment = access.visible(id, Caller.of(security));
    return Etag.answer(request, Etag.of("payment-v1", payment.version()), PaymentV1.from(payment));
  }
}
