package emporion.payment.refunds.control;

import emporion.chassis.data.Ids;
import emporion.chassis.problem.Problem;
import emporion.payment.charges.control.Ledger;
import emporion.payment.charges.control.PaymentBook;
import emporion.payment.charges.control.PaymentProvider.RefundAnswer;
import emporion.payment.charges.control.Tally;
import emporion.payment.charges.entity.Payment;
import emporion.payment.refunds.entity.Refund;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every change of a refund, each in one transaction with its payment, which is held meanwhile. */
@ApplicationScoped
@Transactional
public class RefundLedger {
  private RefundBook refunds;
  private PaymentBook payments;
  private Ledger ledger;
  private Tally tally;
  private Duration delay;
  private Duration maxDelay;

  RefundLedger() {}

  @Inject
  RefundLedger(
      RefundBook refunds,
      PaymentBook payments,
      Ledger ledger,
      Tally tally,
      @ConfigProperty(name = "emporion.refund.retry.delay") Duration delay,
      @ConfigProperty(name = "emporion.refund.retry.max-delay") Duration maxDelay) {
    this.refunds = refunds;
    this.payments = payments;
    this.ledger = ledger;
    this.tally = tally;
    this.delay = delay;
    this.maxDelay = maxDelay;
  }

  /**
   * Promises a part of the payment to a new refund; the card network has not heard of it yet.
   *
   * @param part in minor units; empty for all that is left
   * @throws Problem 404 for an unknown payment, 409 {@code refund-exceeds-payment} or {@code
   *     payment-not-captured}
   */
  public Refund open(UUID paymentId, Optional<Long> part, Optional<String> reason) {
    var now = Ledger.now();
    var payment = payments.hold(paymentId).orElseThrow(() -> Problem.notFound("payment"));
    long amount = part.orElseGet(() -> rest(payment));
    payment.promise(amount, now);
    payments.store(payment);
    var refund = Refund.open(Ids.next(), payment, amount, reason.orElse(null), now, delay);
    refunds.store(refund);
    return refund;
  }

  /** At least one unit, so that a payment of which nothing is left refuses. */
  private static long rest(Payment payment) {
    return Math.max(1, payment.remaining());
  }

  /** Takes refunds whose next try is due; until their next time nobody else takes them. */
  List<Refund> claim(int limit) {
    var now = Ledger.now();
    var due = refunds.due(now, limit);
    due.forEach(refund -> refund.tryAgain(now, delay, maxDelay));
    return due;
  }

  /** Stores what the card network said, unless that has been stored already. */
  Refund settle(UUID id, RefundAnswer answer) {
    var refund = refunds.hold(id).orElseThrow();
    if (refund.pending()) {
      switch (answer) {
        case RefundAnswer.Refunded() -> succeeded(refund);
        case RefundAnswer.Refused(var code) -> refused(refund, code);
        case RefundAnswer.Unknown() -> {}
      }
    }
    return refund;
  }

  private void succeeded(Refund refund) {
    var payment = payments.hold(refund.paymentId()).orElseThrow();
    var part = refund.amount().amount();
    var reason = refund.reason().orElse(null);
    refund.succeed();
    ledger.announce(payment, payment.refund(refund.id(), part, reason, Ledger.now()));
  }

  private void refused(Refund refund, String code) {
    var payment = payments.hold(refund.paymentId()).orElseThrow();
    refund.fail(code);
    payment.release(refund.amount().amount(), Ledger.now());
    tally.refund("failed");
  }

  /** One refund. */
  Optional<Refund> find(UUID id) {
    return refunds.find(id);
  }

  /** The refunds of one payment, the oldest first. */
  public List<Refund> of(UUID paymentId) {
    return refunds.of(paymentId);
  }
}
