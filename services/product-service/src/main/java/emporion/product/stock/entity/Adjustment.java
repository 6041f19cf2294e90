package emporion.product.stock.entity;

import emporion.chassis.data.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** One line of the audit trail: who changed the pieces on hand, when and why. Never changed. */
@Entity
@Table(name = "stock_adjustment")
public class Adjustment {
  @Id private UUID id;

  @Column(name = "product_id")
  private UUID productId;

  private long delta;

  @Enumerated(EnumType.STRING)
  private AdjustmentReason reason;

  private String note;

  @Column(name = "adjusted_by")
  private String adjustedBy;

  @Column(name = "on_hand")
  private long onHand;

  @Column(name = "adjusted_at")
  private Instant adjustedAt;

  protected Adjustment() {}

  /**
   * Tells a change that the stock has just gone through.
   *
   * @param note null where there is nothing to say
   * @param by the subject of the one who did it
   */
  public static Adjustment of(
      Stock after, long delta, AdjustmentReason reason, String note, String by) {
    var adjustment = new Adjustment();
    adjustment.id = Ids.next();
    adjustment.productId = after.productId();
    adjustment.delta = delta;
    adjustment.reason = reason;
    adjustment.note = note;
    adjustment.adjustedBy = by;
    adjustment.onHand = after.onHand();
    adjustment.adjustedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return adjustment;
  }

  public UUID id() {
    return id;
  }

  public UUID productId() {
    return productId;
  }

  public long delta() {
    return delta;
  }

  public AdjustmentReason reason() {
    return reason;
  }

  public Optional<String> note() {
    return Optional.ofNullable(note);
  }

  public String adjustedBy() {
    return adjustedBy;
  }

  /** The pieces on hand after it. */
  public long onHand() {
    return onHand;
  }

  public Instant adjustedAt() {
    return adjustedAt;
  }
}
