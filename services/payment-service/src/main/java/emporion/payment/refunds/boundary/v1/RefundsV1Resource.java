package emporion.payment.refunds.boundary.v1;

import emporion.chassis.http.Page;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.json.Json;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.payment.charges.boundary.PaymentAccess;
import emporion.payment.refunds.control.RefundLedger;
import emporion.payment.refunds.control.Refunds;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;

/** The refunds of one payment. */
@Path("/v1/payments/{id:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}/refunds")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RefundsV1Resource {
  private RefundLedger ledger;
  private Refunds refunds;
  private PaymentAccess access;
  private Idempotency idempotency;

  RefundsV1Resource() {}

  @Inject
  RefundsV1Resource(
      RefundLedger ledger, Refunds refunds, PaymentAccess access, Idempotency idempotency) {
    this.ledger = ledger;
    this.refunds = refunds;
    this.access = access;
    this.idempotency = idempotency;
  }

  /**
   * Gives back a part, or what is left: 201 once the card network has done it, 202 while it has not
   * said so. Repeated with its key it shows the same refund as it stands by then.
   */
  @POST
  @RolesAllowed({"admin", "support"})
  public Response refund(
      @PathParam("id") UUID paymentId,
      @HeaderParam("Idempotency-Key") String key,
      @Context SecurityContext security,
      NewRefundV1 refund) {
    if (refund == null) {
      throw Problem.invalid("", "must be a JSON object");
    }
    var scope = "refund " + paymentId + " " + Caller.of(security).subject();
    var promised = idempotency.once(scope, key, refund, () -> promised(paymentId, refund));
    return answer(promised, paymentId);
  }

  private Response promised(UUID paymentId, NewRefundV1 refund) {
    var opened =
        ledger.open(
            paymentId, Optional.ofNullable(refund.amount()), Optional.ofNullable(refund.reason()));
    return Response.accepted(new Promise(opened.id())).build();
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
        .header(HttpHeaders.LOCATION, "/v1/payments/" + paymentId + "/refunds")
        .entity(RefundV1.from(refund))
        .build();
  }

  @GET
  public Page<RefundV1> list(@PathParam("id") UUID paymentId, @Context SecurityContext security) {
    access.visible(paymentId, Caller.of(security));
    return new Page<>(ledger.of(paymentId).stream().map(RefundV1::from).toList(), null);
  }

  /** What the key's first request left behind. */
  record Promise(UUID id) {}
}
