package emporion.product.stock.boundary.v1;

import emporion.product.stock.entity.Reservation;
import emporion.product.stock.entity.ReservationLine;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What has become of a reservation.
 *
 * @param orderId absent for a key that was released before it was used
 * @param lines empty for such a key
 * @param turns each status that it came to, the oldest first
 */
public record ReservationHistoryV1(
    String key, UUID orderId, List<LineV1> lines, List<TurnV1> turns) {
  static ReservationHistoryV1 from(Reservation reservation) {
    return new ReservationHistoryV1(
        reservation.key(),
        reservation.orderId().orElse(null),
        reservation.lines().stream().map(LineV1::from).toList(),
        reservation.history().stream()
            .map(turn -> new TurnV1(turn.status().wire(), turn.at()))
            .toList());
  }

  /**
   * What was asked for of a product.
   *
   * @param available how many there were where that was too little; absent otherwise
   */
  public record LineV1(UUID productId, int quantity, Long available) {
    private static LineV1 from(ReservationLine line) {
      return new LineV1(line.productId(), line.quantity(), line.shortage().orElse(null));
    }
  }

  /** When it came to a status. */
  public record TurnV1(String status, Instant at) {}
}
