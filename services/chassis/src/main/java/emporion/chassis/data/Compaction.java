package emporion.chassis.data;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the file of an embedded H2 small again before anybody else uses it. Under {@code
 * WRITE_DELAY=0}, with which a commit survives the kill of its process, H2 gives nothing back while
 * it is open. Here it copies what lives into a new file and renames that: a kill in the middle
 * leaves the old one.
 */
@ApplicationScoped
public class Compaction {
  private static final Logger LOG = System.getLogger(Compaction.class.getName());
  private static final String FILES = "jdbc:h2:retry:";
  private static final long LARGE = 16L << 20;

  /** In percent, as H2 tells it. */
  private static final int WELL_USED = 50;

  private final String url;
  private final String username;

  @Inject
  Compaction(
      @ConfigProperty(name = "emporion.database.url") String url,
      @ConfigProperty(name = "emporion.database.username") String username) {
    this.url = url;
    this.username = username;
  }

  Compaction() {
    this("", "");
  }

  void compact(
      @Observes @Priority(Migration.PRIORITY - 1) @Initialized(ApplicationScoped.class)
          Object start) {
    if (!url.startsWith(FILES)) {
      return;
    }
    try (var database = DriverManager.getConnection(url, username, "")) {
      compact(database);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "The database file stays as large as it is: " + e.getMessage());
    }
  }

  private static void compact(Connection database) throws SQLException {
    long before = figure(database, "info.FILE_SIZE");
    boolean alone = number(database, "select count(*) from information_schema.sessions") == 1;
    if (alone && before > LARGE && figure(database, "info.CHUNKS_FILL_RATE") < WELL_USED) {
      LOG.log(Level.INFO, "Compacting the database file of {0} MB", before >> 20);
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
