package emporion.payment.charges.control;

import emporion.chassis.data.Ids;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.messaging.Inbox;
import emporion.chassis.messaging.Outbox;
import emporion.payment.charges.control.Charges.ChargeRequest;
import emporion.payment.charges.control.PaymentProvider.ChargeAnswer;
import emporion.payment.charges.control.PaymentRepository.Claim;
import emporion.payment.charges.entity.Cause;
import emporion.payment.charges.entity.Payment;
import emporion.payment.charges.entity.PaymentEvent;
import emporion.payment.charges.entity.PaymentStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * Every change of a payment, each in one transaction with the event that tells it. A payment is
 * held while it changes, or changed only as long as it has the version that was read, so that of a
 * charge's answer and a void that meet, one comes first.
 */
@ApplicationScoped
@Transactional
public class PaymentTransactions {
  private PaymentRepository payments;
  private Inbox inbox;
  private Outbox outbox;
  private Event<PaymentEvent> happened;

  PaymentTransactions() {}

  @Inject
  PaymentTransactions(
      PaymentRepository payments, Inbox inbox, Outbox outbox, Event<PaymentEvent> happened) {
    this.payments = payments;
    this.inbox = inbox;
    this.outbox = outbox;
    this.happened = happened;
  }

  /** The payment of a new key; fails where the key is taken, and leaves nothing behind then. */
  Payment open(ChargeRequest request) {
    var payment =
        Payment.open(
            Ids.next(),
            request.key(),
            request.orderId(),
            request.userId(),
            request.amount(),
            now());
    payments.take(request.key(), Idempotency.hash(request), payment);
    return payment;
  }

  /**
   * Stores what the network said, unless the payment has been settled in the meantime. Who has read
   * the payment need not read it again to hold it: the version tells whether it is still the same.
   *
   * @return the payment as it stands now
   */
  Payment settle(Payment seen, ChargeAnswer answer) {
    var event = outcome(seen, answer);
    if (event.isPresent() && payments.settle(seen)) {
      tell(seen, seen.version() + 1, event.get());
      return seen;
    }
    return settle(seen.id(), answer);
  }

  private Payment settle(UUID id, ChargeAnswer answer) {
    var payment = payments.hold(id).orElseThrow();
    outcome(payment, answer).ifPresent(event -> announce(payment, event));
    return payment;
  }

  /** What becomes of a payment; nothing where it is settled, or the answer is that nobody knows. */
  private static Optional<PaymentEvent> outcome(Payment payment, ChargeAnswer answer) {
    if (!payment.is(PaymentStatus.PENDING)) {
      return Optional.empty();
    }
    return switch (answer) {
      case ChargeAnswer.Captured(var reference, var card) ->
          Optional.of(payment.capture(reference, card, now()));
      case ChargeAnswer.Declined(var reason) -> Optional.of(payment.decline(reason, now()));
      case ChargeAnswer.Barred() -> Optional.of(payment.giveBack(0, Cause.NONE, now()));
      case ChargeAnswer.Unknown() -> Optional.empty();
    };
  }

  /**
   * Stores what the network says unasked, once for each of its messages.
   *
   * @return the key's payment as it stands now; empty where the key has none
   */
  Optional<Payment> learn(String source, UUID messageId, String key, ChargeAnswer answer) {
    var payment = payments.claim(key).map(Claim::paymentId);
    return inbox.firstSight(source, messageId)
        ? payment.map(id -> settle(id, answer))
        : payment.flatMap(payments::find);
  }

  /** Stores that the network holds nothing any more. */
  Payment reversed(UUID id, long taken, Cause cause) {
    var payment = payments.hold(id).orElseThrow();
    if (payment.reversible()) {
      announce(payment, payment.giveBack(taken, cause, now()));
    }
    return payment;
  }

  /** Writes a changed payment and the event that tells the change. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void announce(Payment payment, PaymentEvent event) {
    payments.store(payment);
    tell(payment, payment.version(), event);
  }

  private void tell(Payment payment, long version, PaymentEvent event) {
    outbox.record(event.type(), payment.id(), version, event);
    happened.fire(event);
  }

  /** As exact as the databases keep it. */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
