package emporion.chassis.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

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

  private void migrate() {
    new Migration(database).migrate(this);
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
