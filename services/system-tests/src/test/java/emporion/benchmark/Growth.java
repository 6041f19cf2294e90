package emporion.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Years of a shop, written into its databases by SQL: users, products, and orders that have ended
 * with all that belongs to them. What is thrown away after some days is not there.
 *
 * <p>The statements are files beside the tests, the same for PostgreSQL and H2. There {@code
 * series(orders)} is each number up to so many; {@code growth_id(kind, n)} and {@code growth_at(n)}
 * are the ids (UUIDv7) and times of the n-th order, or of whatever is of that kind.
 */
public final class Growth {
  private static final List<String> SERVICES =
      List.of(
          "user-service",
          "product-service",
          "payment-service",
          "notification-service",
          "order-service");
  private static final Pattern SERIES = Pattern.compile("series\\((\\w+)\\)");
  private static final int AT_A_TIME = 100_000;
  private static final int CATEGORIES = 100;

  /** All of it lies before what is measured, and none of it is young enough to be swept. */
  private static final Duration SPAN = Duration.ofDays(90);

  private static final Duration AGO = Duration.ofDays(100);
  private static final Instant BEGIN = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(AGO);

  private static final String FOR_POSTGRES =
      """
      create or replace function growth_at(n bigint) returns timestamptz language sql immutable as
        $$ select to_timestamp((%1$d + n * %2$d) / 1000.0) $$;
      create or replace function growth_id(kind integer, n bigint) returns uuid language sql immutable as
        $$ select (lpad(to_hex(%1$d + n * %2$d), 12, '0') || '7000' || '8' || lpad(to_hex(kind), 3, '0')
          || lpad(to_hex(n), 12, '0'))::uuid $$\
      """;
  private static final String FOR_H2 =
      """
      create alias if not exists growth_at for "emporion.benchmark.Growth.at";
      create alias if not exists growth_id for "emporion.benchmark.Growth.id"\
      """;

  private final Options options;
  private final String customer;

  /**
   * Of the sizes that options say.
   *
   * @param customer who has a twentieth of the orders
   */
  Growth(Options options, String customer) {
    this.options = options;
    this.customer = customer;
    stepMillis = Math.max(1, SPAN.toMillis() / Math.max(1, options.grown()));
  }

  /** Of this one growth of the process; H2 calls what is static. */
  private static long stepMillis = 1;

  /** For H2. */
  public static OffsetDateTime at(long n) {
    return BEGIN.plusMillis(n * stepMillis).atOffset(ZoneOffset.UTC);
  }

  /** For H2. */
  public static UUID id(int kind, long n) {
    long high = at(n).toInstant().toEpochMilli() << 16 | 0x7000;
    return new UUID(high, 0x8000_0000_0000_0000L | (long) kind << 48 | n);
  }

  /** Fills the databases of a server that runs. */
  void intoPostgres(Postgres server) {
    for (var service : SERVICES) {
      try (var database = server.database(service.replace('-', '_'))) {
        run(database, FOR_POSTGRES.formatted(BEGIN.toEpochMilli(), stepMillis), "");
        fill(database, service, "generate_series");
        run(database, "drop function growth_id; drop function growth_at; vacuum analyze", "");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Fills the files of a shop that does not run.
   *
   * @param folder of the files
   */
  void intoFiles(Path folder) {
    for (var service : SERVICES) {
      var url =
          "jdbc:h2:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
              .formatted(folder.resolve(service));
      try (var database = DriverManager.getConnection(url, "emporion", "")) {
        run(database, FOR_H2, "");
        fill(database, service, "system_range");
        run(database, "drop alias growth_id; drop alias growth_at; analyze", "");
      } catch (SQLException e) {
        throw new IllegalStateException(service, e);
      }
    }
  }

  private void fill(Connection database, String service, String series) throws SQLException {
    long begun = System.nanoTime();
    run(database, text(service), series);
    Terminal.say(
        "  grown: %s in %d s", service, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
  }

  private String text(String service) {
    try (var file = Growth.class.getResourceAsStream("/growth/" + service + ".sql")) {
      long every = Math.max(1, options.grown() / Math.max(1, options.grownCustomer()));
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("(?m)^--.*\\n", "")
          .replace(
              "${buyer}",
              "case when mod(n, %d) = 0 then cast('%s' as uuid) else growth_id(1, 1 + mod(n, %d)) end"
                  .formatted(every, customer, options.grownUsers()))
          .replace("${price}", "100 + mod(1 + mod(n, ${products}), 900)")
          .replace("${products}", Integer.toString(options.grownProducts()))
          .replace("${categories}", Integer.toString(CATEGORIES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Connection database, String statements, String series) throws SQLException {
    for (var statement : statements.strip().split(";\\s*\\n|;\\s*$|; (?=drop|vacuum|analyze)")) {
      var of = SERIES.matcher(statement);
      if (of.find()) {
        inBites(database, statement, series, size(of.group(1)));
      } else {
        execute(database, statement);
      }
    }
  }

  private void inBites(Connection database, String statement, String series, int size)
      throws SQLException {
    for (int from = 1; from <= size; from += AT_A_TIME) {
      int to = Math.min(size, from + AT_A_TIME - 1);
      var range =
          Matcher.quoteReplacement(
              "%s(cast(%d as bigint), cast(%d as bigint))".formatted(series, from, to));
      execute(database, SERIES.matcher(statement).replaceAll(range));
    }
  }

  private int size(String of) {
    return switch (of) {
      case "orders" -> options.grown();
      case "users" -> options.grownUsers();
      case "products" -> options.grownProducts();
      case "customer" -> options.grownCustomer();
      case "categories" -> CATEGORIES;
      default -> throw new IllegalStateException(of);
    };
  }

  private static void execute(Connection database, String statement) throws SQLException {
    try (var executed = database.createStatement()) {
      executed.execute(statement);
    } catch (SQLException e) {
      throw new SQLException(statement, e);
    }
  }
}
