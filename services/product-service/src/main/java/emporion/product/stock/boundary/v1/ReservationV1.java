package emporion.product.stock.boundary.v1;

import emporion.product.stock.boundary.v1.NewReservationV1.LineV1;
import emporion.product.stock.control.Reservations.Outcome;
import java.util.List;
import java.util.UUID;

/**
 * A reservation as version 1 shows it.
 *
 * @param orderId absent for a key that was released before it was used
 * @param status reserved, refused, released, committed or returned
 * @param soldByEvent the event that sells what is held; absent where it has to be committed
 */
public record ReservationV1(
    String key, UUID orderId, String status, List<LineV1> lines, String soldByEvent) {
  static ReservationV1 from(Outcome outcome) {
    return from(outcome, null);
  }

  static ReservationV1 from(Outcome outcome, String soldByEvent) {
    return new ReservationV1(
        outcome.key(),
        outcome.orderId(),
        outcome.status().wire(),
        outcome.lines().stream().map(LineV1::from).toList(),
        soldByEvent);
  }
}
