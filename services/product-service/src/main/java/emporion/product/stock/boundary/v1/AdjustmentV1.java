package emporion.product.stock.boundary.v1;

import emporion.product.stock.entity.Adjustment;
import java.time.Instant;
import java.util.UUID;

/**
 * A line of the audit trail as version 1 shows it.
 *
 * @param by the id of the user, or the name of the service, that did it
 * @param onHand the pieces after it
 */
public record AdjustmentV1(
    UUID id,
    UUID productId,
    long delta,
    String reason,
    String note,
    String by,
    Instant at,
    long onHand) {
  static AdjustmentV1 from(Adjustment line) {
    return new AdjustmentV1(
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
