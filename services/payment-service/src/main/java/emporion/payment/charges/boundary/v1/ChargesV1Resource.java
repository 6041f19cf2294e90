package emporion.payment.charges.boundary.v1;

import emporion.chassis.http.Query;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.problem.Problem;
import emporion.chassis.problem.ProblemDocument;
import emporion.payment.charges.control.ChargeRefused;
import emporion.payment.charges.control.Charges;
import emporion.payment.charges.control.Charges.Charged;
import emporion.payment.charges.entity.Cause;
import emporion.payment.charges.entity.DeclineReason;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Charges by step key, for services only; each request may be repeated as often as needed. */
@Path("/v1/charges/{key:[A-Za-z0-9:_-]{1,100}}")
@ApplicationScoped
@RolesAllowed("service")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChargesV1Resource {
  private static final int MAX_REASON = 200;
  private static final int MAX_SUBJECT = 255;

  private Charges charges;

  ChargesV1Resource() {}

  @Inject
  ChargesV1Resource(Charges charges) {
    this.charges = charges;
  }

  /** Charges once: 201, or 402 where the card was declined; repeated, it answers the same. */
  @PUT
  public Response charge(@PathParam("key") String key, NewChargeV1 charge) {
    if (charge == null) {
      throw Problem.invalid("", "must be a JSON object");
    }
    try {
      return answer(charges.charge(charge.toRequest(key)));
    } catch (ChargeRefused refused) {
      throw problem(refused);
    }
  }

  private static Problem problem(ChargeRefused refused) {
    return switch (refused.why()) {
      case UNKNOWN_TOKEN -> Problem.invalid("/token", "is no token of the card network");
      case KEY_REUSED ->
          Problem.of(
              422,
              "idempotency-key-reused",
              "Idempotency key reused",
              "This key came with another charge before; make a new key for a new charge.");
      case OUTCOME_UNKNOWN ->
          Problem.of(
              504,
              "charge-outcome-unknown",
              "The outcome of the charge is not known yet",
              "The card network gave no answer in time. Repeat the request with the same key to"
                  + " learn the outcome, or void the key.");
    };
  }

  private Response answer(Charged charged) {
    var answer = charged.payment().declineReason().map(this::declined).orElse(captured(charged));
    return charged.replayed()
        ? Response.fromResponse(answer).header(Idempotency.REPLAYED, "true").build()
        : answer;
  }

  private Response captured(Charged charged) {
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/v1/payments/" + charged.payment().id())
        .entity(ChargeV1.from(charged.payment()))
        .build();
  }

  private Response declined(DeclineReason reason) {
    return Response.status(DeclineV1.STATUS)
        .type(ProblemDocument.MEDIA_TYPE)
        .entity(DeclineV1.of(reason))
        .build();
  }

  /** Voids the key, whether or not it was ever charged. */
  @DELETE
  public ChargeV1 undo(
      @PathParam("key") String key,
      @QueryParam("reason") String reason,
      @QueryParam("requested_by") String by) {
    var cause =
        new Cause(
            Query.text("reason", reason, MAX_REASON).orElse(null),
            Query.text("requested_by", by, MAX_SUBJECT).orElse(null));
    return charges
        .undo(key, cause)
        .map(payment -> ChargeV1.voided(key, payment))
        .orElseGet(() -> ChargeV1.voided(key));
  }

  @GET
  public ChargeV1 read(@PathParam("key") String key) {
    return charges.find(key).map(ChargeV1::from).orElseGet(() -> ChargeV1.voided(key));
  }
}
