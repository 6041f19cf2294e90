package emporion.product.stock.control;

import emporion.chassis.data.Sql;
import emporion.chassis.http.Cursor;
import emporion.product.stock.entity.Adjustment;
import emporion.product.stock.entity.Reservation;
import emporion.product.stock.entity.Reservation.Moments;
import emporion.product.stock.entity.ReservationLine;
import emporion.product.stock.entity.ReservationStatus;
import emporion.product.stock.entity.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The tables of levels, adjustments and reservations. A level has rules and is an entity; a
 * reservation is a key with its outcome, where each step is a statement.
 */
@ApplicationScoped
public class StockRepository {
  private static final UUID GREATEST = new UUID(-1, -1);
  private static final String RESERVATION =
      """
      select r.order_id, r.request_hash, r.status, r.changed_at, r.decided_at, r.sold_at,
        l.product_id, l.quantity, l.short_of
      from reservation r left join reservation_line l on l.reservation_key = r.reservation_key
      where r.reservation_key = ? order by l.line\
      """;

  @Inject private EntityManager database;
  @Inject private Sql sql;

  /** A level as it is now. */
  Optional<Stock> find(UUID productId) {
    return Optional.ofNullable(database.find(Stock.class, productId));
  }

  /** The levels that exist among these, held until the transaction ends, by ascending id. */
  List<Stock> locked(Collection<UUID> productIds) {
    if (productIds.isEmpty()) {
      return List.of();
    }
    return sql
        .list(
            Level.class,
            """
            select product_id, on_hand, reserved, sold, version from stock
            where product_id = any (?) order by product_id for update\
            """,
            productIds)
        .stream()
        .map(Level::stock)
        .toList();
  }

  private record Level(UUID productId, long onHand, long reserved, long sold, long version) {
    private Stock stock() {
      return Stock.stored(productId, onHand, reserved, sold, version);
    }
  }

  /** Writes levels that this transaction holds, so that versions count. */
  @Transactional(TxType.MANDATORY)
  void update(Collection<Stock> levels) {
    sql.batch(
        """
        update stock set on_hand = ?, reserved = ?, sold = ?, version = ? where product_id = ?\
        """,
        levels.stream().map(StockRepository::parameters).toList());
  }

  private static Object[] parameters(Stock stock) {
    return new Object[] {
      stock.onHand(), stock.reserved(), stock.sold(), stock.version(), stock.productId()
    };
  }

  /** The ids of the levels that have another number on hand now than given here. */
  List<UUID> otherThan(Map<UUID, Long> onHand) {
    return sql
        .list(
            OnHand.class,
            "select product_id, on_hand from stock where product_id = any (?)",
            onHand.keySet())
        .stream()
        .filter(it -> it.onHand != onHand.get(it.productId))
        .map(OnHand::productId)
        .toList();
  }

  private record OnHand(UUID productId, long onHand) {}

  void add(Stock stock) {
    database.persist(stock);
  }

  void add(Adjustment adjustment) {
    database.persist(adjustment);
  }

  /**
   * The place of the next event about a product, above all that were told of it: the catalogue and
   * the stock have versions of their own, and readers know one product. Who asks holds the level's
   * row until the transaction ends, so places rise in the order of the commits. It flushes first,
   * because the statement reads both versions, and a new level's row must be there.
   */
  @Transactional(TxType.MANDATORY)
  long nextNews(UUID productId) {
    database.flush();
    sql.update(
        """
        update stock set news = 1 + greatest(news, version,
          (select p.version from product p where p.id = stock.product_id))
        where product_id = ?\
        """,
        productId);
    return sql.find(Long.class, "select news from stock where product_id = ?", productId)
        .orElseThrow();
  }

  /**
   * Up to {@code limit + 1} adjustments, the newest first. The product stands in the order, and
   * each page has a place that it begins behind: else H2 sorts all that the product has.
   */
  List<Adjustment> adjustments(UUID productId, Optional<Cursor> after, int limit) {
    return database
        .createQuery(
            "select a from Adjustment a where a.productId = :product and a.id < :after"
                + " order by a.productId desc, a.id desc",
            Adjustment.class)
        .setParameter("product", productId)
        .setParameter("after", after.map(cursor -> cursor.id(0)).orElse(GREATEST))
        .setMaxResults(limit + 1)
        .getResultList();
  }

  /**
   * Writes a reservation's row; who comes with the same key at the same time waits for the end of
   * this transaction.
   *
   * @return false where the key has been used, and whoever did it has committed
   */
  @Transactional(TxType.MANDATORY)
  boolean claim(Reservation reservation) {
    return sql.update(
            """
            insert into reservation (reservation_key, order_id, request_hash, status, changed_at,
              decided_at)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing\
            """,
            reservation.key(),
            Sql.orNull(reservation.orderId().orElse(null)),
            Sql.orNull(reservation.requestHash().orElse(null)),
            reservation.status(),
            reservation.changedAt(),
            Sql.orNull(reservation.decidedAt().orElse(null)))
        == 1;
  }

  /** Writes the lines of a reservation that has just been decided. */
  @Transactional(TxType.MANDATORY)
  void addLines(Reservation reservation) {
    var lines = reservation.lines();
    sql.batch(
        """
        insert into reservation_line (reservation_key, line, product_id, quantity, short_of)
        values (?, ?, ?, ?, ?)\
        """,
        IntStream.range(0, lines.size())
            .mapToObj(i -> parameters(reservation.key(), i, lines.get(i)))
            .toList());
  }

  private static Object[] parameters(String key, int number, ReservationLine line) {
    var shortOf = Sql.orNull(line.shortage().orElse(null));
    return new Object[] {key, number, line.productId(), line.quantity(), shortOf};
  }

  /** Writes the status of a reservation whose row this transaction holds. */
  @Transactional(TxType.MANDATORY)
  void update(Reservation reservation) {
    sql.update(
        "update reservation set status = ?, changed_at = ?, sold_at = ? where reservation_key = ?",
        reservation.status(),
        reservation.changedAt(),
        Sql.orNull(reservation.soldAt().orElse(null)),
        reservation.key());
  }

  /** The lines of what is held for these orders; nobody else changes it until this is committed. */
  @Transactional(TxType.MANDATORY)
  List<HeldLine> held(Collection<UUID> orderIds) {
    return sql.list(
        HeldLine.class,
        """
        select r.reservation_key, l.product_id, l.quantity
        from reservation r join reservation_line l on l.reservation_key = r.reservation_key
        where r.order_id = any (?) and r.status = 'RESERVED' order by r.order_id for update of r\
        """,
        orderIds);
  }

  /** What has been held since before a time, the oldest first. */
  List<Held> heldBefore(Instant time, int limit) {
    return sql.list(
        Held.class,
        """
        select reservation_key, order_id, changed_at from reservation
        where status = 'RESERVED' and changed_at < ?
        order by status, changed_at fetch first ? rows only\
        """,
        time,
        limit);
  }

  /** A reservation that is held, and since when. */
  public record Held(String key, UUID orderId, Instant since) {}

  /** One product of what is held. */
  record HeldLine(String key, UUID productId, int quantity) {}

  /** Writes that these reservations, which this transaction holds, are sold. */
  @Transactional(TxType.MANDATORY)
  void sold(Collection<String> keys) {
    var now = Reservation.now();
    sql.update(
        """
        update reservation set status = 'COMMITTED', changed_at = ?, sold_at = ?
        where reservation_key = any (?)\
        """,
        now,
        now,
        keys);
  }

  Optional<Reservation> reservation(String key) {
    return reservation(key, sql.list(ReservationRow.class, RESERVATION, key));
  }

  /** A reservation, held until the transaction ends; its lines never change. */
  @Transactional(TxType.MANDATORY)
  Optional<Reservation> lockedReservation(String key) {
    return reservation(key, sql.list(ReservationRow.class, RESERVATION + " for update of r", key));
  }

  private static Optional<Reservation> reservation(String key, List<ReservationRow> rows) {
    var lines =
        rows.stream().filter(row -> row.productId != null).map(ReservationRow::line).toList();
    return rows.stream().findFirst().map(row -> row.reservation(key, lines));
  }

  /** A reservation and one of its lines; a tombstone has none. */
  private record ReservationRow(
      UUID orderId,
      String requestHash,
      ReservationStatus status,
      Instant changedAt,
      Instant decidedAt,
      Instant soldAt,
      UUID productId,
      Integer quantity,
      Long shortOf) {
    private Reservation reservation(String key, List<ReservationLine> lines) {
      var moments = new Moments(changedAt, decidedAt, soldAt);
      return Reservation.stored(key, orderId, requestHash, status, moments, lines);
    }

    private ReservationLine line() {
      return new ReservationLine(productId, quantity, Optional.ofNullable(shortOf));
    }
  }
}
