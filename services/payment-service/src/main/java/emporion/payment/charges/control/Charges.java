package emporion.payment.charges.control;

import emporion.chassis.data.Failures;
import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.logging.LogContext;
import emporion.chassis.refusal.Missing;
import emporion.chassis.refusal.Refusal;
import emporion.chassis.telemetry.Span;
import emporion.payment.charges.control.ChargeRefused.Why;
import emporion.payment.charges.control.PaymentProvider.ChargeAnswer;
import emporion.payment.charges.control.PaymentProvider.ReversalAnswer;
import emporion.payment.charges.control.PaymentRepository.Claim;
import emporion.payment.charges.entity.Cause;
import emporion.payment.charges.entity.Money;
import emporion.payment.charges.entity.Payment;
import emporion.payment.charges.entity.PaymentStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * Charges and voids by step key. No transaction is open while the card network is asked: the intent
 * is stored before, the outcome after, and what lies between can be repeated.
 */
@ApplicationScoped
public class Charges {
  private PaymentTransactions transactions;
  private PaymentRepository payments;
  private CardNetwork network;
  private Event<Closing> closings;

  Charges() {}

  @Inject
  Charges(
      PaymentTransactions transactions,
      PaymentRepository payments,
      CardNetwork network,
      Event<Closing> closings) {
    this.transactions = transactions;
    this.payments = payments;
    this.network = network;
    this.closings = closings;
  }

  /**
   * A payment is about to be closed for good: whatever is under way with it is to be settled, or
   * the closing stopped by {@link CardNetworkSilent}.
   */
  public record Closing(UUID paymentId) {}

  /** What a step asks for. */
  public record ChargeRequest(String key, UUID orderId, UUID userId, Money amount, String token) {
    /** Without the token. */
    @Override
    public String toString() {
      return "charge " + key;
    }
  }

  /** A settled charge, and whether an earlier request had settled it already. */
  public record Charged(Payment payment, boolean replayed) {}

  /**
   * Charges once for each key; the payment that comes back is captured or declined.
   *
   * @throws Refusal {@code voided}
   * @throws ChargeRefused for the reasons that it names
   */
  public Charged charge(ChargeRequest request) {
    Span.current().with("order.id", request.orderId());
    LogContext.put("order_id", request.orderId().toString());
    if (!network.tokens().matcher(request.token()).matches()) {
      throw new ChargeRefused(Why.UNKNOWN_TOKEN);
    }
    var opened = opened(request);
    var payment = opened.orElseGet(() -> repeated(request));
    return payment.is(PaymentStatus.PENDING)
        ? new Charged(settled(payment, request), false)
        : new Charged(payment, true);
  }

  /**
   * Nearly each key is new, so that it is taken without a look; empty where it has been taken. A
   * commit that fails is a checked exception, which no method declares.
   */
  private Optional<Payment> opened(ChargeRequest request) {
    try {
      return Optional.of(transactions.open(request));
    } catch (Exception e) {
      if (Failures.isDuplicate(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Payment repeated(ChargeRequest request) {
    var claim = payments.claim(request.key()).orElseThrow();
    var payment = payment(claim).filter(known -> !known.is(PaymentStatus.VOIDED));
    if (payment.isEmpty()) {
      throw voided();
    }
    if (!claim.requestHash().equals(Idempotency.hash(request))) {
      throw new ChargeRefused(Why.KEY_REUSED);
    }
    return payment.get();
  }

  private static Refusal voided() {
    return new Refusal(
        "voided", "The key was voided", "Nothing is charged under this key any more.");
  }

  /** Empty for a tombstone. */
  private Optional<Payment> payment(Claim claim) {
    return Optional.ofNullable(claim.paymentId()).flatMap(payments::find);
  }

  private Payment settled(Payment payment, ChargeRequest request) {
    var answer = network.charge(request.key(), request.token(), request.amount());
    var settled = transactions.settle(payment, answer);
    return switch (settled.status()) {
      case PENDING -> throw new ChargeRefused(Why.OUTCOME_UNKNOWN);
      case CAPTURED, DECLINED -> settled;
      case VOIDED -> throw overtaken(request.key(), answer);
    };
  }

  private Refusal overtaken(String key, ChargeAnswer answer) {
    giveBack(key, answer);
    return voided();
  }

  /** A void came first: what the network took all the same goes back at once. */
  private void giveBack(String key, ChargeAnswer answer) {
    if (answer instanceof ChargeAnswer.Captured) {
      network.reverse(key);
    }
  }

  /**
   * Takes in what the network says unasked about a charge whose outcome is not known yet; for any
   * other it is no news.
   *
   * @param source which channel of which network
   * @param messageId one effect for each
   */
  public void learn(String source, UUID messageId, String key, ChargeAnswer answer) {
    transactions
        .learn(source, messageId, key, answer)
        .filter(payment -> payment.is(PaymentStatus.VOIDED))
        .ifPresent(payment -> giveBack(key, answer));
  }

  /**
   * Gives back all that the key's charge holds, and refuses any charge with this key from now on;
   * also for a key that nobody has charged yet. Once it has returned, repeating it does nothing.
   *
   * @return the key's payment, of which all is back now; empty where the key has none
   * @throws CardNetworkSilent while the network does not say that it is done: repeat the request
   */
  public Optional<Payment> undo(String key, Cause cause) {
    return barred(key).map(payment -> payment.reversible() ? reverse(payment, cause) : payment);
  }

  /** The key's payment; an unknown key is taken for ever, by a statement that commits by itself. */
  private Optional<Payment> barred(String key) {
    var claim = payments.claim(key);
    if (claim.isEmpty() && !payments.bury(key, PaymentTransactions.now())) {
      claim = payments.claim(key);
    }
    return claim.flatMap(this::payment);
  }

  /**
   * The key takes nothing any more once the network has reversed it. Only then are refunds that are
   * under way asked about: each gets an answer that stays, so that no part is counted twice.
   */
  private Payment reverse(Payment payment, Cause cause) {
    return switch (network.reverse(payment.chargeKey())) {
      case ReversalAnswer.Reversed(var taken) -> {
        closings.fire(new Closing(payment.id()));
        yield transactions.reversed(payment.id(), taken, cause);
      }
      case ReversalAnswer.Unknown() -> throw new CardNetworkSilent();
    };
  }

  /**
   * What a key stands for; empty where it was voided before it was charged.
   *
   * @throws Missing for an unknown key
   */
  public Optional<Payment> find(String key) {
    return payment(payments.claim(key).orElseThrow(() -> new Missing("charge")));
  }
}
