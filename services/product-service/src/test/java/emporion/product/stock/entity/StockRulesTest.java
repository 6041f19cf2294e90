package emporion.product.stock.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporion.chassis.refusal.Refusal;
import emporion.product.stock.entity.Stock.Turn;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Levels and reservations without a database. */
class StockRulesTest {
  private final Stock stock = Stock.of(UUID.randomUUID(), 5);

  @Test
  void promisesNoMoreThanThereIs() {
    assertTrue(stock.covers(5));
    assertFalse(stock.covers(6));
    stock.reserve(4);
    assertFalse(stock.covers(2));
    assertThrows(IllegalStateException.class, () -> stock.reserve(2));
    assertEquals(1, stock.available());
  }

  @Test
  void saysInAWordHowMuchIsThere() {
    assertEquals(Availability.SOLD_OUT, Availability.of(0));
    assertEquals(Availability.LOW, Availability.of(1));
    assertEquals(Availability.LOW, Availability.of(9));
    assertEquals(Availability.IN_STOCK, Availability.of(10));
  }

  @Test
  void tellsTheTurn() {
    assertEquals(Turn.NONE, stock.reserve(4));
    assertEquals(Turn.DEPLETED, stock.reserve(1));
    assertEquals(Turn.NONE, stock.sell(2));
    assertEquals(Turn.REPLENISHED, stock.release(1));
    assertEquals(Turn.NONE, stock.takeBack(2));
    assertEquals(5, stock.onHand());
    assertEquals(2, stock.reserved());
  }

  @Test
  void handsOutOnlyWhatWasPromised() {
    stock.reserve(2);
    assertThrows(IllegalStateException.class, () -> stock.sell(3));
    assertThrows(IllegalStateException.class, () -> stock.release(3));
  }

  @Test
  void isNeverCorrectedBelowThePromises() {
    stock.reserve(3);
    assertEquals("stock-too-low", assertThrows(Refusal.class, () -> stock.adjust(-3)).slug());
    assertEquals(Turn.DEPLETED, stock.adjust(-2));
    assertEquals(Turn.REPLENISHED, stock.adjust(1));
    assertEquals(
        "stock-too-high", assertThrows(Refusal.class, () -> stock.adjust(Stock.MAX)).slug());
  }

  @Test
  void aReservationEndsOnce() {
    for (var end : EnumSet.of(ReservationStatus.RELEASED, ReservationStatus.RETURNED)) {
      for (var next : ReservationStatus.values()) {
        assertFalse(end.canBecome(next));
      }
    }
    assertFalse(ReservationStatus.REFUSED.canBecome(ReservationStatus.COMMITTED));
    assertFalse(ReservationStatus.COMMITTED.canBecome(ReservationStatus.RELEASED));
    assertFalse(ReservationStatus.REFUSED.canBecome(ReservationStatus.RETURNED));
  }

  @Test
  void aTombstoneRefusesEveryRequest() {
    var tombstone = Reservation.tombstone("k");
    assertTrue(tombstone.isOf("any"));
    assertEquals("released", tombstone.closed().slug());
    assertTrue(tombstone.become(ReservationStatus.RELEASED).isEmpty());
  }

  @Test
  void aRefusalKeepsWhatWasLeftOfTheShortLinesOnly() {
    var one = UUID.randomUUID();
    var two = UUID.randomUUID();
    var reservation = Reservation.of("k", UUID.randomUUID(), "hash");
    reservation.refuse(
        List.of(ReservationLine.of(one, 1), ReservationLine.of(two, 9)), Map.of(two, 4L));
    assertEquals(ReservationStatus.REFUSED, reservation.status());
    assertTrue(reservation.lines().get(0).shortage().isEmpty());
    assertEquals(4L, reservation.lines().get(1).shortage().orElseThrow());
  }

  @Test
  void linesOfOneProductAddUp() {
    var one = UUID.randomUUID();
    assertEquals(
        Map.of(one, 5L),
        Reservation.wanted(List.of(ReservationLine.of(one, 2), ReservationLine.of(one, 3))));
  }
}
