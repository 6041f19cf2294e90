package emporion.chassis.database;

import emporion.chassis.data.Database;
import emporion.chassis.data.Failures;
import emporion.chassis.work.Worker;
import emporion.chassis.work.Workers;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the file of an H2 needs beyond JDBC; on any other database nothing here does anything.
 *
 * <p>Before anybody else uses it, a large one is made small again. Under {@code WRITE_DELAY=0},
 * with which a commit survives the kill of its process, H2 gives nothing back while it is open.
 * Here it copies what lives into a new file and renames that: a kill in the middle leaves the old
 * one.
 *
 * <p>An H2 that could not write, for want of space as a rule, closes itself for as long as its
 * process lives, and has lost nothing. So the process ends, to be started again.
 */
@ApplicationScoped
public class EmbeddedDatabase {
  private static final Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
  private static final String FILES = "jdbc:h2:retry:";

  /** In percent, as H2 tells it. */
  private static final int WELL_USED = 50;

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int CLOSED_FOR_GOOD = 70;

  private final DataSource pool;
  private final String url;
  private final String username;
  private final int largeMib;
  private final Workers workers;
  private Worker watch;

  @Inject
  EmbeddedDatabase(
      @Named("db") DataSource pool,
      @ConfigProperty(name = "emporion.database.url") String url,
      @ConfigProperty(name = "emporion.database.username") String username,
      @ConfigProperty(name = "emporion.database.compact.mib") int largeMib,
      Workers workers) {
    this.pool = pool;
    this.url = url;
    this.username = username;
    this.largeMib = largeMib;
    this.workers = workers;
  }

  EmbeddedDatabase() {
    this(null, "", "", 0, null);
  }

  void watch(
      @Observes @Priority(Database.MIGRATED + 1) @Initialized(ApplicationScoped.class)
          Object start) {
    if (url.startsWith(FILES)) {
      watch = workers.start("embedded-database", LOOK, this::look, () -> {});
    }
  }

  private Duration look() {
    try (var database = pool.getConnection()) {
      number(database, "select 1");
    } catch (SQLException e) {
      if (Failures.isClosed(e) && !watch.stopping()) {
        LOG.log(
            Level.ERROR,
            "The embedded database has closed itself, and nothing but a new start opens it: "
                + e.getMessage());
        Runtime.getRuntime().halt(CLOSED_FOR_GOOD);
      }
    }
    return LOOK;
  }

  void compact(
      @Observes @Priority(Database.MIGRATED - 1) @Initialized(ApplicationScoped.class)
          Object start) {
    if (!url.startsWith(FILES)) {
      return;
    }
    restore();
    try (var database = DriverManager.getConnection(url, username, "")) {
      compact(database);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "The database file stays as large as it is: " + e.getMessage());
    }
  }

  private void restore() {
    try {
      if (DatabaseFile.of(url).orElseThrow().restore()) {
        LOG.log(Level.WARNING, "A migration was broken off, and begins anew");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The file from before a migration can't be restored", e);
    }
  }

  private void compact(Connection database) throws SQLException {
    long mib = figure(database, "info.FILE_SIZE") >> 20;
    boolean alone = number(database, "select count(*) from information_schema.sessions") == 1;
    if (alone && mib >= largeMib && figure(database, "info.CHUNKS_FILL_RATE") < WELL_USED) {
      LOG.log(Level.INFO, "Compacting the database file of {0} MB", mib);
      try (var statement = database.createStatement()) {
        statement.execute("shutdown compact");
      }
    }
  }

  private static long figure(Connection database, String name) throws SQLException {
    return number(
        database,
        "select cast(setting_value as bigint) from information_schema.settings"
            + " where setting_name = '"
            + name
            + "'");
  }

  private static long number(Connection database, String query) throws SQLException {
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }
}
