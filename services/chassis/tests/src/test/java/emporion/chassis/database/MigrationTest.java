package emporion.chassis.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {
  private static final String NEWER =
      """
      insert into "flyway_schema_history"
        ("installed_rank", "version", "description", "type", "script", "installed_by",
         "execution_time", "success")
      values (%d, '%s', 'newer', 'SQL', 'V%s__newer.sql', 'sa', 0, true)
      """;

  private final DataSource database = database();

  @Test
  void aVersionThatIsRolledBackToStartsOnWhatTheNewerOneHasLeft() throws SQLException {
    migrate();
    execute(NEWER.formatted(100, "0.99", "0_99"));
    execute(NEWER.formatted(101, "99", "99"));
    migrate();
    assertEquals(1, count("flyway_schema_history\" where \"version\" = '99'"));
  }

  @Test
  void aMigrationThatWasBrokenOffBeginsAnew(@TempDir Path folder) throws Exception {
    var url =
        "jdbc:h2:retry:" + folder + "/test;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0";
    var file = new JdbcDataSource();
    file.setURL(url);
    var whole = DatabaseFile.of(url).orElseThrow();
    assertThrows(IllegalStateException.class, () -> whole.whole(file, () -> breakOff(file)));
    assertThrows(FlywayException.class, () -> new Migration(file, "", 0).migrate(this));

    new EmbeddedDatabase(null, url, "", 256, null).compact(this);
    new Migration(file, url, 0).migrate(this);
    try (var connection = file.getConnection();
        var rows = connection.createStatement().executeQuery("select count(*) from outbox")) {
      assertTrue(rows.next());
    }
    assertEquals(List.of("test.mv.db"), databases(folder));
  }

  /** As a process that dies behind the first statement of the first migration. */
  private static void breakOff(DataSource database) {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table outbox (unfinished int)");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    throw new IllegalStateException("killed");
  }

  private static List<String> databases(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("test.mv.db"))
          .toList();
    }
  }

  private void migrate() {
    new Migration(database, "", 0).migrate(this);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long count(String rest) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from \"" + rest)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static DataSource database() {
    var database = new JdbcDataSource();
    database.setURL(
        "jdbc:h2:mem:"
            + UUID.randomUUID()
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
    return database;
  }
}
