package emporion.product.stock.boundary.v2;

import emporion.product.stock.entity.Adjustment;
import java.time.Instant;
import java.util.UUID;

/**
 * A line of the audit trail as version 2 shows it.
 *
 * @param adjustedBy the id of the user, or the name of the service, that did it
 */
public record AdjustmentV2(
    UUID adjustmentId,
    UUID productId,
    long delta,
    String reason,
    String note,
    String adjustedBy,
    Instant adjustedAt,
    long onHandAfter) {
  static AdjustmentV2 from(Adjustment line) {
    return new AdjustmentV2(
        line.id(),
        line.productId(),
        line.delta(),
        line.reason().wire(),
        line.note().orElse(null),
        line.adjustedBy(),
        line.adjustedAt(),
        line.onHand());
  }
}
