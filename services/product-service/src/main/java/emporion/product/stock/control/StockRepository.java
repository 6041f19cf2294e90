package emporion.product.stock.control;

import emporion.chassis.data.Sql;
import emporion.chassis.http.Cursor;
import emporion.product.stock.entity.Adjustment;
import emporion.product.stock.entity.Reservation;
import emporion.product.stock.entity.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tables of levels, adjustments and reservations. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class StockRepository {
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
    return database
        .createQuery(
            "select s from Stock s where s.productId in :ids order by s.productId", Stock.class)
        .setParameter("ids", productIds)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
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

  /** Sends what has changed, so that versions count and broken rules show here. */
  void flush() {
    database.flush();
  }

  /** Up to {@code limit + 1} adjustments, the newest first. */
  List<Adjustment> adjustments(UUID productId, Optional<Cursor> after, int limit) {
    var query =
        database.createQuery(
            "select a from Adjustment a where a.productId = :product"
                + (after.isPresent() ? " and a.id < :after" : "")
                + " order by a.id desc",
            Adjustment.class);
    query.setParameter("product", productId).setMaxResults(limit + 1);
    after.ifPresent(cursor -> query.setParameter("after", cursor.id(0)));
    return query.getResultList();
  }

  /** Writes a reservation's row at once: the key is unique, the second one to come fails here. */
  void claim(Reservation reservation) {
    database.persist(reservation);
    database.flush();
  }

  Optional<Reservation> reservation(String key) {
    return Optional.ofNullable(database.find(Reservation.class, key));
  }

  /** A reservation, held until the transaction ends. */
  Optional<Reservation> lockedReservation(String key) {
    return Optional.ofNullable(
        database.find(Reservation.class, key, LockModeType.PESSIMISTIC_WRITE));
  }
}
