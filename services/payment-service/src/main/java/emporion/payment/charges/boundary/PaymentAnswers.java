package emporion.payment.charges.boundary;

import emporion.chassis.http.Cursor;
import emporion.chassis.http.Etag;
import emporion.chassis.http.Query;
import emporion.chassis.security.Caller;
import emporion.payment.charges.control.PaymentRepository;
import emporion.payment.charges.control.PaymentRepository.PaymentFilter;
import emporion.payment.charges.entity.Payment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import java.util.function.Function;

/** The answers that all versions of the payments' paths share. */
@ApplicationScoped
public class PaymentAnswers {
  private PaymentRepository payments;
  private PaymentAccess access;

  PaymentAnswers() {}

  @Inject
  PaymentAnswers(PaymentRepository payments, PaymentAccess access) {
    this.payments = payments;
    this.access = access;
  }

  /**
   * How one version of the API shows a payment.
   *
   * @param version as it stands in entity tags: {@code v1}
   * @param of the record that becomes JSON
   */
  public record Representation(String version, Function<Payment, Record> of) {}

  /** A page of those that the caller may see, the newest first. */
  public Response list(
      SecurityContext security, String orderId, String limit, String cursor, Representation shape) {
    var filter =
        new PaymentFilter(access.owner(Caller.of(security)), Query.id("order_id", orderId));
    var page = payments.list(filter, Cursor.decode(cursor, 1), Query.limit(limit));
    return Response.ok(page.map(shape.of())).build();
  }

  /** One payment; those of others do not exist for a shopper. */
  public Response read(UUID id, SecurityContext security, Request request, Representation shape) {
    var payment = access.visible(id, Caller.of(security));
    var tag = Etag.of("payment-" + shape.version(), payment.version());
    return Etag.answer(request, tag, shape.of().apply(payment));
  }
}
