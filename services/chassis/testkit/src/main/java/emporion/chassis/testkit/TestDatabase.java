package emporion.chassis.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * An empty database that ends with the process: an H2 in memory, or a real PostgreSQL where the
 * system property {@code database} is {@code postgres}. The service gets no more rights in it than
 * in production.
 */
final class TestDatabase {
  private static final String NAME = "service";
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);

  private TestDatabase() {}

  /** Starts the database; what the service has to know of it. */
  static Map<String, String> settings() {
    var kind = System.getProperty("database", "h2");
    return switch (kind) {
      case "h2" -> Map.of("emporion.database.url", h2());
      case "postgres" ->
          Map.of(
              "emporion.database.url",
              postgres(),
              "emporion.database.username",
              NAME,
              "emporion.database.password",
              NAME);
      default -> throw new IllegalArgumentException("database is h2 or postgres, not " + kind);
    };
  }

  private static String h2() {
    return "jdbc:h2:mem:"
        + UUID.randomUUID()
        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"
        + ";QUERY_CACHE_SIZE=0";
  }

  private static String postgres() {
    try {
      var server =
          EmbeddedPostgres.builder()
              .setLocaleConfig("locale", "C")
              .setPGStartupWait(STARTS_WITHIN)
              .start();
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create role " + NAME + " login password '" + NAME + "'");
        statement.execute("create database " + NAME + " owner " + NAME);
      }
      return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + NAME;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
