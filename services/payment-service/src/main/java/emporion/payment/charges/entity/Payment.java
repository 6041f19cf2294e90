package emporion.payment.charges.entity;

import emporion.chassis.refusal.Refusal;
import emporion.payment.charges.entity.PaymentEvent.PaymentCaptured;
import emporion.payment.charges.entity.PaymentEvent.PaymentDeclined;
import emporion.payment.charges.entity.PaymentEvent.PaymentRefunded;
import emporion.payment.charges.entity.PaymentEvent.PaymentVoided;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The money of one order. {@code 0 <= refunded <= promised <= amount} always holds: what is
 * promised to refunds that the card network has not settled yet can't be promised again.
 */
@Entity
@Table(name = "payment")
public class Payment {
  @Id private UUID id;

  @Column(name = "charge_key")
  private String chargeKey;

  @Column(name = "order_id")
  private UUID orderId;

  @Column(name = "user_id")
  private UUID userId;

  private long amount;
  private String currency;

  @Enumerated(EnumType.STRING)
  private PaymentStatus status;

  @Enumerated(EnumType.STRING)
  @Column(name = "decline_reason")
  private DeclineReason declineReason;

  private String reference;
  private String card;
  private long promised;
  private long refunded;
  @Version private long version;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "changed_at")
  private Instant changedAt;

  protected Payment() {}

  /** A payment that the card network has not heard of yet. */
  public static Payment open(
      UUID id, String chargeKey, UUID orderId, UUID userId, Money amount, Instant now) {
    var payment = new Payment();
    payment.id = id;
    payment.chargeKey = chargeKey;
    payment.orderId = orderId;
    payment.userId = userId;
    payment.amount = amount.amount();
    payment.currency = amount.currency();
    payment.status = PaymentStatus.PENDING;
    payment.createdAt = now;
    payment.changedAt = now;
    return payment;
  }

  /**
   * The network has taken the whole amount.
   *
   * @param networkReference the network's own name of the charge
   * @param brand what a person recognises the card by
   */
  public PaymentCaptured capture(String networkReference, String brand, Instant now) {
    become(PaymentStatus.CAPTURED, now);
    reference = networkReference;
    card = brand;
    return new PaymentCaptured(id, orderId, userId, amount(), brand);
  }

  /** The card's bank said no. */
  public PaymentDeclined decline(DeclineReason reason, Instant now) {
    become(PaymentStatus.DECLINED, now);
    declineReason = reason;
    return new PaymentDeclined(id, orderId, userId, amount(), reason.wire());
  }

  /**
   * The network has given back whatever was left and will take nothing any more.
   *
   * @param taken what the network had ever taken: the amount, or zero where the charge never came
   *     through
   */
  public PaymentVoided giveBack(long taken, Cause cause, Instant now) {
    become(PaymentStatus.VOIDED, now);
    var back = money(taken - refunded);
    promised = taken;
    refunded = taken;
    return new PaymentVoided(
        id, orderId, userId, amount(), back, refunded(), cause.reason(), cause.by());
  }

  /**
   * Sets money aside for a refund.
   *
   * @throws Refusal where the payment holds less, or holds nothing
   */
  public void promise(long part, Instant now) {
    if (status != PaymentStatus.CAPTURED) {
      throw new Refusal(
          "payment-not-captured",
          "The payment holds no money",
          "Only a captured payment can be refunded; this one is " + status.wire() + ".");
    }
    if (part > remaining()) {
      throw new Refusal(
          "refund-exceeds-payment",
          "The refund exceeds what is left of the payment",
          "At most " + remaining() + " " + currency + " (minor units) can still be refunded.");
    }
    promised += part;
    changedAt = now;
  }

  /** The network has given back what was promised to this refund. */
  public PaymentRefunded refund(UUID refundId, long part, Cause cause, Instant now) {
    if (status == PaymentStatus.CAPTURED) {
      refunded += part;
    }
    changedAt = now;
    return new PaymentRefunded(
        id, orderId, userId, refundId, money(part), refunded(), cause.reason(), cause.by());
  }

  /** The network refused the refund: what was set aside is free again. */
  public void release(long part, Instant now) {
    if (status == PaymentStatus.CAPTURED) {
      promised -= part;
      changedAt = now;
    }
  }

  private void become(PaymentStatus next, Instant now) {
    if (!status.canBecome(next)) {
      throw new IllegalStateException("A " + status + " payment can't become " + next);
    }
    status = next;
    changedAt = now;
  }

  /** What no refund has been promised yet; zero unless captured. */
  public long remaining() {
    return status == PaymentStatus.CAPTURED ? amount - promised : 0;
  }

  /** Whether a void has something to settle with the network. */
  public boolean reversible() {
    return status.canBecome(PaymentStatus.VOIDED);
  }

  public boolean is(PaymentStatus other) {
    return status == other;
  }

  private Money money(long part) {
    return new Money(part, currency);
  }

  public UUID id() {
    return id;
  }

  public String chargeKey() {
    return chargeKey;
  }

  public UUID orderId() {
    return orderId;
  }

  public UUID userId() {
    return userId;
  }

  public Money amount() {
    return money(amount);
  }

  /** What the network has given back so far. */
  public Money refunded() {
    return money(refunded);
  }

  public PaymentStatus status() {
    return status;
  }

  public Optional<DeclineReason> declineReason() {
    return Optional.ofNullable(declineReason);
  }

  /** The network's own name of the charge; empty unless it was captured. */
  public Optional<String> reference() {
    return Optional.ofNullable(reference);
  }

  /** What a person recognises the card by; empty unless it was charged. */
  public Optional<String> card() {
    return Optional.ofNullable(card);
  }

  public long version() {
    return version;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant changedAt() {
    return changedAt;
  }
}
