package emporion.product.stock.control;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import emporion.chassis.idempotency.Idempotency;
import emporion.chassis.refusal.Refusal;
import emporion.product.stock.control.StockRepository.Held;
import emporion.product.stock.control.StockRepository.HeldLine;
import emporion.product.stock.entity.Adjustment;
import emporion.product.stock.entity.AdjustmentReason;
import emporion.product.stock.entity.Reservation;
import emporion.product.stock.entity.ReservationLine;
import emporion.product.stock.entity.ReservationStatus;
import emporion.product.stock.entity.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The steps of a reservation, one transaction each: outcome and effect are stored together. */
@ApplicationScoped
public class Reservations {
  private StockRepository book;
  private StockNews news;

  Reservations() {}

  @Inject
  Reservations(StockRepository book, StockNews news) {
    this.book = book;
    this.news = news;
  }

  /**
   * Decides a key that has not been used; of a used one the stored outcome. The row of the key is
   * written first, so that nothing needs to be looked up where it is new.
   *
   * @throws Refusal where the key is closed
   * @throws emporion.chassis.problem.Problem 422 for another request than the first
   */
  @Transactional
  Outcome reserve(String key, UUID orderId, String hash, List<ReservationLine> lines) {
    var reservation = Reservation.of(key, orderId, hash);
    if (!book.claim(reservation)) {
      return replay(key, hash);
    }
    var wanted = Reservation.wanted(lines);
    var stocks = locked(wanted);
    var shortOf = shortages(wanted, stocks);
    if (shortOf.isEmpty()) {
      reservation.hold(lines);
      book.addLines(reservation);
      apply(wanted, stocks, Stock::reserve);
    } else {
      reservation.refuse(lines, shortOf);
      book.addLines(reservation);
      book.update(reservation);
    }
    return Outcome.of(reservation, true);
  }

  private static Map<UUID, Long> shortages(Map<UUID, Long> wanted, Map<UUID, Stock> stocks) {
    var shortOf = new HashMap<UUID, Long>();
    wanted.forEach(
        (product, quantity) -> {
          var stock = stocks.get(product);
          if (stock == null || !stock.covers(quantity)) {
            shortOf.put(product, stock == null ? 0 : stock.available());
          }
        });
    return shortOf;
  }

  private Outcome replay(String key, String hash) {
    var reservation = known(key);
    if (!reservation.isOf(hash)) {
      throw Idempotency.reused();
    }
    return switch (reservation.status()) {
      case RESERVED, REFUSED, COMMITTED -> Outcome.of(reservation, false);
      case RELEASED, RETURNED -> throw reservation.closed();
    };
  }

  /**
   * Gives back what is held; closes a key that has not been used. A reservation that is made at the
   * same time is waited for by the tombstone, which then finds its key used.
   */
  @Transactional
  Outcome release(String key) {
    var known = book.lockedReservation(key);
    if (known.isPresent()) {
      return release(known.get());
    }
    var tombstone = Reservation.tombstone(key);
    return book.claim(tombstone) ? Outcome.of(tombstone, true) : release(known(key));
  }

  private Outcome release(Reservation reservation) {
    return advance(reservation, ReservationStatus.RELEASED, Stock::release);
  }

  /** Sells what is held. */
  @Transactional
  Outcome commit(String key) {
    return advance(known(key), ReservationStatus.COMMITTED, Stock::sell);
  }

  /**
   * Sells what is held for these orders, whatever their number by five statements. What is sold
   * already, or came back first, stays as it is.
   *
   * @return how many reservations were sold
   */
  @Transactional
  int sell(Collection<UUID> orderIds) {
    var held = book.held(orderIds);
    var keys = held.stream().map(HeldLine::key).collect(Collectors.toSet());
    if (!keys.isEmpty()) {
      book.sold(keys);
      var quantities =
          held.stream().collect(groupingBy(HeldLine::productId, summingLong(HeldLine::quantity)));
      apply(quantities, locked(quantities), Stock::sell);
    }
    return keys.size();
  }

  /**
   * Takes back what was sold; the audit trail names the order. Where the sale has not come through
   * yet the pieces never left the shelf, and the sale finds nothing any more.
   */
  @Transactional
  Outcome takeBack(String key, String by) {
    var reservation = known(key);
    if (reservation.status() == ReservationStatus.RESERVED) {
      return advance(reservation, ReservationStatus.RETURNED, Stock::release);
    }
    var note = reservation.orderId().map(order -> "order " + order).orElse(null);
    return advance(
        reservation,
        ReservationStatus.RETURNED,
        (stock, quantity) -> {
          var turn = stock.takeBack(quantity);
          book.add(Adjustment.of(stock, quantity, AdjustmentReason.RETURNED, note, by));
          return turn;
        });
  }

  private Reservation known(String key) {
    return book.lockedReservation(key).orElseThrow(Reservations::unknown);
  }

  private Outcome advance(
      Reservation reservation, ReservationStatus next, BiFunction<Stock, Long, Stock.Turn> change) {
    var left = reservation.become(next);
    if (left.isPresent()) {
      book.update(reservation);
    }
    if (left.filter(ReservationStatus::holds).isPresent()) {
      var quantities = Reservation.wanted(reservation.lines());
      apply(quantities, locked(quantities), change);
    }
    return Outcome.of(reservation, left.isPresent());
  }

  private void apply(
      Map<UUID, Long> quantities,
      Map<UUID, Stock> stocks,
      BiFunction<Stock, Long, Stock.Turn> change) {
    var turns = new HashMap<Stock, Stock.Turn>();
    stocks.forEach((id, stock) -> turns.put(stock, change.apply(stock, quantities.get(id))));
    book.update(turns.keySet());
    turns.forEach(news::tell);
  }

  private Map<UUID, Stock> locked(Map<UUID, Long> wanted) {
    return book.locked(wanted.keySet()).stream()
        .collect(Collectors.toMap(Stock::productId, Function.identity()));
  }

  /** How a key stands. */
  Optional<Outcome> find(String key) {
    return book.reservation(key).map(reservation -> Outcome.of(reservation, false));
  }

  /** What has become of a key, step by step. */
  Optional<Reservation> history(String key) {
    return book.reservation(key);
  }

  List<Held> held(Instant before, int limit) {
    return book.heldBefore(before, limit);
  }

  private static Refusal unknown() {
    return new Refusal(
        "unknown-reservation", "There is no such reservation", "Nothing was reserved by this key.");
  }

  /**
   * A reservation as it stands at the end of a step.
   *
   * @param orderId null for a tombstone
   * @param first false where an earlier step had done it already
   */
  public record Outcome(
      String key,
      UUID orderId,
      ReservationStatus status,
      List<ReservationLine> lines,
      boolean first) {
    static Outcome of(Reservation reservation, boolean first) {
      return new Outcome(
          reservation.key(),
          reservation.orderId().orElse(null),
          reservation.status(),
          reservation.lines(),
          first);
    }
  }
}
