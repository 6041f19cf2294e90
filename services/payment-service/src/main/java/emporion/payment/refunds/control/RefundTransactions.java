package emporion.payment.refunds.control;

import emporion.chassis.data.Ids;
import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.payment.charges.control.CardNetworkSilent;
import emporion.payment.charges.control.PaymentMetrics;
import emporion.payment.charges.control.PaymentProvider.RefundAnswer;
import emporion.payment.charges.control.PaymentRepository;
import emporion.payment.charges.control.PaymentTransactions;
import emporion.payment.charges.entity.Cause;
import emporion.payment.charges.entity.Payment;
import emporion.payment.charges.entity.PaymentEvent.PaymentVoided;
import emporion.payment.refunds.entity.Refund;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every change of a refund, each in one transaction with its payment, which is held meanwhile. */
@ApplicationScoped
@Transactional
public class RefundTransactions {
  private RefundRepository refunds;
  private PaymentRepository payments;
  private PaymentTransactions transactions;
  private PaymentMetrics metrics;
  private Duration delay;
  private Duration maxDelay;

  RefundTransactions() {}

  @Inject
  RefundTransactions(
      RefundRepository refunds,
      PaymentRepository payments,
      PaymentTransactions transactions,
      PaymentMetrics metrics,
      @ConfigProperty(name = "emporion.refund.retry.delay") Duration delay,
      @ConfigProperty(name = "emporion.refund.retry.max-delay") Duration maxDelay) {
    this.refunds = refunds;
    this.payments = payments;
    this.transactions = transactions;
    this.metrics = metrics;
    this.delay = delay;
    this.maxDelay = maxDelay;
  }

  /**
   * What is asked for. The same in all versions of the API, so that a key that comes again in
   * another version still stands for the same request.
   *
   * @param amount in minor units; null for all that is left
   * @param currency that the amount is meant in; null for the payment's own
   * @param reason for people; null where none was given
   */
  public record RefundRequest(Long amount, String currency, String reason) {}

  /**
   * Promises a part of the payment to a new refund; the card network has not heard of it yet.
   *
   * @param by the subject of who asks
   * @throws Missing for an unknown payment
   * @throws Refusal {@code refund-exceeds-payment} or {@code payment-not-captured}
   * @throws OtherCurrency than the payment's
   */
  public Refund open(UUID paymentId, RefundRequest request, String by) {
    var now = PaymentTransactions.now();
    var payment = payments.hold(paymentId).orElseThrow(() -> new Missing("payment"));
    demandCurrency(payment, request.currency());
    long amount = request.amount() == null ? rest(payment) : request.amount();
    payment.promise(amount, now);
    payments.store(payment);
    var why = new Cause(request.reason(), by);
    var refund = Refund.open(Ids.next(), payment, amount, why, now, delay);
    refunds.store(refund);
    return refund;
  }

  private static void demandCurrency(Payment payment, String currency) {
    var own = payment.amount().currency();
    if (currency != null && !currency.equals(own)) {
      throw new OtherCurrency(own);
    }
  }

  /** At least one unit, so that a payment of which nothing is left refuses. */
  private static long rest(Payment payment) {
    return Math.max(1, payment.remaining());
  }

  /** Takes refunds whose next try is due; until their next time nobody else takes them. */
  List<Refund> claim(int limit) {
    var now = PaymentTransactions.now();
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
    refund.succeed();
    transactions.announce(
        payment, payment.refund(refund.id(), part, refund.cause(), PaymentTransactions.now()));
  }

  private void refused(Refund refund, String code) {
    var payment = payments.hold(refund.paymentId()).orElseThrow();
    refund.fail(code);
    payment.release(refund.amount().amount(), PaymentTransactions.now());
    metrics.refundFailed();
  }

  /**
   * What a void gives back stands beside the refunds, so that they add up to what went back. A
   * refund that was promised since the last look stops it.
   */
  void voided(@Observes PaymentVoided event) {
    if (refunds.of(event.paymentId()).stream().anyMatch(Refund::pending)) {
      throw new CardNetworkSilent();
    }
    if (event.givenBack().amount() > 0) {
      var payment = payments.find(event.paymentId()).orElseThrow();
      var why = new Cause(event.reason(), event.requestedBy());
      var part = event.givenBack().amount();
      refunds.store(Refund.voided(Ids.next(), payment, part, why, PaymentTransactions.now()));
    }
  }
}
