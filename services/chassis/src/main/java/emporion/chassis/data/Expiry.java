package emporion.chassis.data;

import emporion.chassis.work.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Deletes old rows in bites. */
@ApplicationScoped
public class Expiry {
  /** So many that a transaction is short on each database. */
  static final int BATCH = 500;

  @Inject private Sql sql;

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
        sql.find(
            Instant.class,
            "select %2$s from %1$s where %2$s < ? order by %2$s offset ? rows fetch next 1 rows only"
                .formatted(table, column),
            limit,
            BATCH - 1);
    var condition = last.isEmpty() ? "%2$s < ?" : "%2$s <= ?";
    int gone =
        sql.update(
            ("delete from %1$s where " + condition).formatted(table, column), last.orElse(limit));
    if (gone > 0) {
      Worker.busy();
    }
    return last.isPresent();
  }
}
