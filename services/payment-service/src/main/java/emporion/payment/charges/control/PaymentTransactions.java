package emporion.payment.charges.control;

import emporion.chassis.data.Ids;
import emporion.chassis.http.Cursor;
import emporion.chassis.http.Page;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.messaging.Inbox;
import emporion.chassis.messaging.Outbox;
import emporion.chassis.problem.Problem;
import emporion.payment.charges.control.Charges.ChargeRequest;
import emporion.payment.charges.control.PaymentProvider.ChargeAnswer;
import emporion.payment.charges.control.PaymentRepository.Claim;
import emporion.payment.charges.control.PaymentRepository.PaymentFilter;
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
 * held while it changes, so that of a charge's answer and a void that meet, one comes first.
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

  /** The key's payment, opened now where the key is new. A race for a new key fails for one. */
  Payment open(ChargeRequest request) {
    var hash = Idempotency.hash(request);
    return payments
        .claim(request.key())
        .map(claim -> repeated(claim, hash))
        .orElseGet(() -> opened(request, hash));
  }

  private Payment repeated(Claim claim, String hash) {
    if (claim.tombstone()) {
      throw voided();
    }
    var payment = payments.find(claim.paymentId()).orElseThrow();
    if (payment.is(PaymentStatus.VOIDED)) {
      throw voided();
    }
    if (!claim.requestHash().equals(hash)) {
      throw Problem.of(
          422,
          "idempotency-key-reused",
          "Idempotency key reused",
          "This key came with another charge before; make a new key for a new charge.");
    }
    return payment;
  }

  private Payment opened(ChargeRequest request, String hash) {
    var payment =
        Payment.open(
            Ids.next(),
            request.key(),
            request.orderId(),
            request.userId(),
            request.amount(),
            now());
    payments.take(request.key(), hash, payment);
    return payment;
  }

  static Problem voided() {
    return Problem.conflict(
        "voided", "The key was voided", "Nothing is charged under this key any more.");
  }

  /** Stores what the network said, unless the payment has been settled in the meantime. */
  Payment settle(UUID id, ChargeAnswer answer) {
    var payment = payments.hold(id).orElseThrow();
    if (payment.is(PaymentStatus.PENDING)) {
      switch (answer) {
        case ChargeAnswer.Captured(var reference, var card) ->
            announce(payment, payment.capture(reference, card, now()));
        case ChargeAnswer.Declined(var reason) -> announce(payment, payment.decline(reason, now()));
        case ChargeAnswer.Barred() -> announce(payment, payment.giveBack(0, Cause.NONE, now()));
        case ChargeAnswer.Unknown() -> {}
      }
    }
    return payment;
  }

  /**
   * The key's payment; an unknown key is taken for ever. A race for an unknown key fails for one.
   */
  Optional<Payment> bar(String key) {
    var claim = payments.claim(key);
    if (claim.isEmpty()) {
      payments.bury(key, now());
    }
    return claim.map(Claim::paymentId).flatMap(payments::find);
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

  /** What a key stands for; with an empty payment it is a tombstone. */
  Optional<Payment> charged(String key) {
    var claim = payments.claim(key).orElseThrow(() -> Problem.notFound("charge"));
    return Optional.ofNullable(claim.paymentId()).flatMap(payments::find);
  }

  /** One payment. */
  public Optional<Payment> find(UUID id) {
    return payments.find(id);
  }

  /** A page of payments, the newest first. */
  public Page<Payment> list(PaymentFilter filter, Optional<Cursor> after, int limit) {
    return Page.of(payments.list(filter, after, limit), limit, payment -> Cursor.of(payment.id()));
  }

  /** Writes a changed payment and the event that tells the change. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void announce(Payment payment, PaymentEvent event) {
    payments.store(payment);
    outbox.record(event.type(), payment.id(), payment.version(), event);
    happened.fire(event);
  }

  /** As exact as the databases keep it. */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
