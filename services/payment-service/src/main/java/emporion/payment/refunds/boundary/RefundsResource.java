package emporion.payment.refunds.boundary;

import emporion.chassis.http.Page;
import emporion.chassis.http.Representation;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.json.Json;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.payment.charges.boundary.PaymentAccess;
import emporion.payment.refunds.control.OtherCurrency;
import emporion.payment.refunds.control.RefundRepository;
import emporion.payment.refunds.control.RefundTransactions;
import emporion.payment.refunds.control.RefundTransactions.RefundRequest;
import emporion.payment.refunds.control.Refunds;
import emporion.payment.refunds.entity.Refund;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The refunds of one payment.
 *
 * @param <N> how a version asks for one
 */
public abstract class RefundsResource<N extends NewRefund> {
  private final Representation<Refund> representation;
  @Inject private RefundTransactions transactions;
  @Inject private Refunds refunds;
  @Inject private RefundRepository repository;
  @Inject private PaymentAccess access;
  @Inject private Idempotency idempotency;
  @Inject private JsonWebToken token;

  protected RefundsResource(Representation<Refund> representation) {
    this.representation = representation;
  }

  /**
   * Gives back a part, or what is left: 201 once the card network has done it, 202 while it has not
   * said so. Repeated with its key, in whichever version, it shows the same refund as it stands by
   * then.
   *
   * @param wanted null where there was no body
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({"admin", "support"})
  public Response refund(
      @PathParam("id") UUID paymentId, @HeaderParam("Idempotency-Key") String key, N wanted) {
    if (wanted == null) {
      throw Problem.invalid("", "must be a JSON object");
    }
    var refund = wanted.toRequest();
    var by = token.getSubject();
    var scope = "refund " + paymentId + " " + by;
    try {
      return answer(
          idempotency.once(scope, key, refund, () -> promised(paymentId, refund, by)), paymentId);
    } catch (OtherCurrency bad) {
      throw Problem.invalid("/amount/currency", bad.getMessage());
    }
  }

  private Response promised(UUID paymentId, RefundRequest refund, String by) {
    return Response.accepted(new Promise(transactions.open(paymentId, refund, by).id())).build();
  }

  /** The key guards the promise alone: whether the money has moved is asked anew each time. */
  private Response answer(Response promised, UUID paymentId) {
    var promise =
        promised.getEntity() instanceof Promise first
            ? first
            : Json.read((String) promised.getEntity(), Promise.class);
    var refund = refunds.attempt(promise.id());
    var status = refund.pending() ? Response.Status.ACCEPTED : Response.Status.CREATED;
    return Response.status(status)
        .header(Idempotency.REPLAYED, promised.getHeaderString(Idempotency.REPLAYED))
        .header(HttpHeaders.LOCATION, representation.path("payments/" + paymentId + "/refunds"))
        .entity(representation.of(refund))
        .build();
  }

  /** All refunds of a payment that the caller may see, the oldest first. */
  @GET
  @RolesAllowed(Caller.SIGNED_IN)
  public Response list(@PathParam("id") UUID paymentId) {
    access.visible(paymentId, Caller.of(token));
    var page = new Page<>(repository.of(paymentId), null);
    return Response.ok(page.map(representation::of)).build();
  }

  /** What the key's first request left behind. */
  record Promise(UUID id) {}
}
