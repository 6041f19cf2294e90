package emporion.product.stock.entity;

import java.util.Optional;
import java.util.UUID;

/**
 * So many pieces of one product.
 *
 * @param shortage how many were available where that was too little; empty for a line that was not
 *     refused
 */
public record ReservationLine(UUID productId, int quantity, Optional<Long> shortage) {

  /** A line that asks for pieces. */
  public static ReservationLine of(UUID productId, int quantity) {
    return new ReservationLine(productId, quantity, Optional.empty());
  }

  /** The same line, refused because only so many were available. */
  ReservationLine shortOf(long availableThen) {
    return new ReservationLine(productId, quantity, Optional.of(availableThen));
  }
}
