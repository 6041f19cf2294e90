package emporion.chassis.data;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Deletes old rows in bites. */
@ApplicationScoped
public class Expiry {
  /** So many that a transaction is short on each database. */
  static final int BATCH = 500;

  @Inject private EntityManager database;

  /**
   * Deletes the oldest rows, about 500: those of one moment go together.
   *
   * @param table has an index that begins with the column
   * @param column a time
   * @param limit of those that are older
   * @return whether there may be more
   */
  @Transactional
  public boolean delete(String table, String column, Instant limit) {
    var last =
        database
            .createNativeQuery(
                "select %2$s from %1$s where %2$s < :limit order by %2$s".formatted(table, column)
                    + " offset "
                    + (BATCH - 1)
                    + " rows fetch next 1 rows only")
            .setParameter("limit", limit)
            .getResultList();
    var condition = last.isEmpty() ? "%2$s < :limit" : "%2$s <= :limit";
    database
        .createNativeQuery(("delete from %1$s where " + condition).formatted(table, column))
        .setParameter("limit", last.isEmpty() ? limit : Rows.instant(last.getFirst()))
        .executeUpdate();
    return !last.isEmpty();
  }
}
