package emporion.payment.charges.boundary;

import emporion.chassis.problem.Problem;
import emporion.chassis.security.Caller;
import emporion.payment.charges.control.PaymentRepository;
import emporion.payment.charges.entity.Payment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** Who sees which payments: shoppers their own, those who look after payments all. */
@ApplicationScoped
public class PaymentAccess {
  private PaymentRepository payments;

  PaymentAccess() {}

  @Inject
  PaymentAccess(PaymentRepository payments) {
    this.payments = payments;
  }

  /**
   * One payment.
   *
   * @throws Problem 404 where there is none, or it is somebody else's
   */
  public Payment visible(UUID id, Caller caller) {
    return payments
        .find(id)
        .filter(payment -> seesAll(caller) || caller.is(payment.userId()))
        .orElseThrow(() -> Problem.notFound("payment"));
  }

  /** Whose payments a list shows the caller; empty means everybody's. */
  public Optional<UUID> owner(Caller caller) {
    return seesAll(caller) ? Optional.empty() : Optional.of(caller.userId());
  }

  private static boolean seesAll(Caller caller) {
    return caller.isAny("admin", "support", "service");
  }
}
