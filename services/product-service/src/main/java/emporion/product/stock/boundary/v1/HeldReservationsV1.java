package emporion.product.stock.boundary.v1;

import emporion.product.stock.control.StockRepository.Held;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Reservations that have been held for long, as version 1 shows them: the oldest first. */
public record HeldReservationsV1(List<HeldV1> items) {

  /** One of them. */
  public record HeldV1(String key, UUID orderId, Instant heldSince) {
    static HeldV1 from(Held held) {
      return new HeldV1(held.key(), held.orderId(), held.since());
    }
  }

  static HeldReservationsV1 from(List<Held> held) {
    return new HeldReservationsV1(held.stream().map(HeldV1::from).toList());
  }
}
