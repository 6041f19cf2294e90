package emporion.payment.refunds.boundary;

import emporion.chassis.http.Page;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.json.Json;
import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.payment.charges.boundary.PaymentAccess;
import emporion.payment.refunds.control.RefundRepository;
import emporion.payment.refunds.control.RefundTransactions;
import emporion.payment.refunds.control.RefundTransactions.RefundRequest;
import emporion.payment.refunds.control.Refunds;
import emporion.payment.refunds.entity.Refund;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The answers that all versions of the refunds' paths share. */
@ApplicationScoped
public class RefundAnswers {
  private RefundTransactions transactions;
  private Refunds refunds;
  private RefundRepository repository;
  private PaymentAccess access;
  private Idempotency idempotency;

  RefundAnswers() {}

  @Inject
  RefundAnswers(
      RefundTransactions transactions,
      Refunds refunds,
      RefundRepository repository,
      PaymentAccess access,
      Idempotency idempotency) {
    this.transactions = transactions;
    this.refunds = refunds;
    this.repository = repository;
    this.access = access;
    this.idempotency = idempotency;
  }

  /**
   * How one version of the API shows a refund.
   *
   * @param version as it stands in paths: {@code v1}
   * @param of the record that becomes JSON
   */
  public record Representation(String version, Function<Refund, Record> of) {}

  /**
   * Gives back a part, or what is left: 201 once the card network has done it, 202 while it has not
   * said so. Repeated with its key, in whichever version, it shows the same refund as it stands by
   * then.
   *
   * @param request empty where there was no body
   */
  public Response refund(
      UUID paymentId,
      String key,
      SecurityContext security,
      Optional<RefundRequest> request,
      Representation shape) {
    var refund = request.orElseThrow(() -> Problem.invalid("", "must be a JSON object"));
    var by = Caller.of(security).subject();
    var scope = "refund " + paymentId + " " + by;
    var promised = idempotency.once(scope, key, refund, () -> promised(paymentId, refund, by));
    return answer(promised, paymentId, shape);
  }

  private Response promised(UUID paymentId, RefundRequest refund, String by) {
    return Response.accepted(new Promise(transactions.open(paymentId, refund, by).id())).build();
  }

  /** The key guards the promise alone: whether the money has moved is asked anew each time. */
  private Response answer(Response promised, UUID paymentId, Representation shape) {
    var promise =
        promised.getEntity() instanceof Promise first
            ? first
            : Json.read((String) promised.getEntity(), Promise.class);
    var refund = refunds.attempt(promise.id());
    var status = refund.pending() ? Response.Status.ACCEPTED : Response.Status.CREATED;
    return Response.status(status)
        .header(Idempotency.REPLAYED, promised.getHeaderString(Idempotency.REPLAYED))
        .header(HttpHeaders.LOCATION, "/" + shape.version() + "/payments/" + paymentId + "/refunds")
        .entity(shape.of().apply(refund))
        .build();
  }

  /** All refunds of a payment that the caller may see, the oldest first. */
  public Response list(UUID paymentId, SecurityContext security, Representation shape) {
    access.visible(paymentId, Caller.of(security));
    return Response.ok(new Page<>(repository.of(paymentId), null).map(shape.of())).build();
  }

  /** What the key's first request left behind. */
  record Promise(UUID id) {}
}
