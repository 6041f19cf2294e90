package emporion.payment.charges.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.PathId;
import emporion.chassis.http.Query;
import emporion.chassis.http.Representation;
import emporion.chassis.security.Caller;
import emporion.payment.charges.control.PaymentRepository;
import emporion.payment.charges.control.PaymentRepository.PaymentFilter;
import emporion.payment.charges.entity.Payment;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Payments to read, the newest first; those of others do not exist for a shopper. */
@RolesAllowed(Caller.SIGNED_IN)
public abstract class PaymentsResource {
  private final Representation<Payment> representation;
  @Inject private PaymentRepository payments;
  @Inject private PaymentAccess access;
  @Inject private JsonWebToken token;

  protected PaymentsResource(Representation<Payment> representation) {
    this.representation = representation;
  }

  /** A page of those that the caller may see, the newest first. */
  @GET
  public Response list(
      @QueryParam("order_id") String orderId,
      @QueryParam("limit") String limit,
      @QueryParam("cursor") String cursor) {
    var filter = new PaymentFilter(access.owner(Caller.of(token)), Query.id("order_id", orderId));
    var page = payments.list(filter, Cursor.decode(cursor, 1), Query.limit(limit));
    return Response.ok(page.map(representation::of)).build();
  }

  /** One payment; those of others do not exist for a shopper. */
  @GET
  @Path("/" + PathId.TEMPLATE)
  public Response read(@PathParam("id") UUID id, @Context Request request) {
    var payment = access.visible(id, Caller.of(token));
    var tag = Etag.of("payment-" + representation.version(), payment.version());
    return Etag.answer(request, tag, representation.of(payment));
  }
}
