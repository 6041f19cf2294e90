package emporion.payment.refunds.entity;

import emporion.payment.charges.entity.Cause;
import emporion.payment.charges.entity.Money;
import emporion.payment.charges.entity.Payment;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A part of a payment on its way back to the card. */
@Entity
@Table(name = "refund")
public class Refund {
  private static final int MAX_DOUBLINGS = 20;

  @Id private UUID id;

  @Column(name = "payment_id")
  private UUID paymentId;

  @Column(name = "charge_key")
  private String chargeKey;

  private long amount;
  private String currency;
  private String reason;

  @Column(name = "requested_by")
  private String requestedBy;

  @Enumerated(EnumType.STRING)
  private RefundMethod method;

  @Enumerated(EnumType.STRING)
  private RefundStatus status;

  private String failure;
  private int attempts;

  @Column(name = "next_attempt_at")
  private Instant nextAttemptAt;

  @Version private long version;

  @Column(name = "created_at")
  private Instant createdAt;

  protected Refund() {}

  /**
   * A refund whose first try begins now.
   *
   * @param part of the payment, in minor units
   * @param delay until somebody else may try; longer than a try takes
   */
  public static Refund open(
      UUID id, Payment payment, long part, Cause cause, Instant now, Duration delay) {
    var refund = of(id, payment, part, cause, now);
    refund.method = RefundMethod.REFUND;
    refund.status = RefundStatus.PENDING;
    refund.nextAttemptAt = now.plus(delay);
    return refund;
  }

  /**
   * What the voiding of a payment gave back, which is done.
   *
   * @param part of the payment, in minor units
   */
  public static Refund voided(UUID id, Payment payment, long part, Cause cause, Instant now) {
    var refund = of(id, payment, part, cause, now);
    refund.method = RefundMethod.VOID;
    refund.status = RefundStatus.SUCCEEDED;
    refund.nextAttemptAt = now;
    return refund;
  }

  private static Refund of(UUID id, Payment payment, long part, Cause cause, Instant now) {
    var refund = new Refund();
    refund.id = id;
    refund.paymentId = payment.id();
    refund.chargeKey = payment.chargeKey();
    refund.amount = part;
    refund.currency = payment.amount().currency();
    refund.reason = cause.reason();
    refund.requestedBy = cause.by();
    refund.createdAt = now;
    refund.attempts = 1;
    return refund;
  }

  /** Another try begins now; the one after it waits twice as long as this one did, bounded. */
  public void tryAgain(Instant now, Duration delay, Duration maxDelay) {
    var doubled = delay.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
    attempts++;
    nextAttemptAt = now.plus(doubled.compareTo(maxDelay) < 0 ? doubled : maxDelay);
  }

  /** The card network has given the money back. */
  public void succeed() {
    status = RefundStatus.SUCCEEDED;
  }

  /** The card network refused for good. */
  public void fail(String code) {
    status = RefundStatus.FAILED;
    failure = code;
  }

  public boolean pending() {
    return status == RefundStatus.PENDING;
  }

  public UUID id() {
    return id;
  }

  public UUID paymentId() {
    return paymentId;
  }

  /** The key of the charge that this gives back a part of. */
  public String chargeKey() {
    return chargeKey;
  }

  public Money amount() {
    return new Money(amount, currency);
  }

  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** The subject of who asked for it; empty where nobody did, or that is not known. */
  public Optional<String> requestedBy() {
    return Optional.ofNullable(requestedBy);
  }

  /** Who wants it, and why. */
  public Cause cause() {
    return new Cause(reason, requestedBy);
  }

  public RefundMethod method() {
    return method;
  }

  public RefundStatus status() {
    return status;
  }

  /** The card network's code of a refusal. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** How often the card network was asked. */
  public int attempts() {
    return attempts;
  }

  /** When it is asked next, unless the refund has come to its end. */
  public Instant nextAttemptAt() {
    return nextAttemptAt;
  }

  public Instant createdAt() {
    return createdAt;
  }
}
