package emporion.chassis.h2;

import emporion.chassis.data.Migration;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * Forces an H2 file to the disk every second, and gives back the space of what was overwritten in
 * it. H2 leaves this to its background writer, which {@code WRITE_DELAY=0}, the setting under which
 * a commit survives the kill of its process, switches off: the file would grow by 100 kB an order,
 * and the heap with the file.
 */
@ApplicationScoped
public class Compaction {
  private static final Logger LOG = System.getLogger(Compaction.class.getName());
  private static final int PERIOD_MILLIS = 1_000;

  /** What was overwritten is kept until its successor has surely been forced. */
  private static final int RETENTION_MILLIS = 5 * PERIOD_MILLIS;

  /** Percent of the file's chunks that shall be in use. */
  private static final int FILL_RATE = 60;

  /** Bytes to move in one go: commits wait as long. */
  private static final int AT_ONCE = 1 << 20;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("compaction").factory());

  private final DataSource database;

  @Inject
  Compaction(@Named("db") DataSource database) {
    this.database = database;
  }

  Compaction() {
    this(null);
  }

  void start(
      @Observes @Priority(Migration.PRIORITY + 1) @Initialized(ApplicationScoped.class)
          Object start)
      throws SQLException {
    try (var connection = database.getConnection()) {
      if (!connection.isWrapperFor(JdbcConnection.class)) {
        return;
      }
      var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      var store = session.getDatabase().getStore().getMvStore();
      if (store.isPersistent()) {
        store.setRetentionTime(RETENTION_MILLIS);
        clock.scheduleWithFixedDelay(
            () -> compact(store), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stop) {
    clock.shutdown();
  }

  private static void compact(MVStore store) {
    try {
      if (!store.isClosed()) {
        store.sync();
        store.compact(FILL_RATE, AT_ONCE);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The database file stays as large as it is for now: " + e);
    }
  }
}
