package emporion.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a PostgreSQL counts, for one who may do anything. */
final class Postgres implements AutoCloseable {
  private static final String SAID = "said in ";

  private static final String PER_DATABASE =
      """
      select datname, xact_commit + xact_rollback, tup_inserted + tup_updated + tup_deleted,
        blks_hit + blks_read, pg_database_size(oid)
      from pg_database join pg_stat_database using (datname)
      where not datistemplate and datname <> 'postgres'\
      """;
  private static final String TOGETHER =
      "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_current_wal_lsn() - '0/0'";

  private final String server;
  private final String user;
  private final String password;
  private final Connection connection;

  /**
   * Connects.
   *
   * @param server as {@code jdbc:postgresql://127.0.0.1:5432/}
   */
  Postgres(String server, String user, String password) {
    this.server = server;
    this.user = user;
    this.password = password;
    try {
      connection = database("postgres");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Another connection. */
  Connection database(String name) throws SQLException {
    return DriverManager.getConnection(server + name, user, password);
  }

  /** In all databases since they are there; transactions may be told some seconds late. */
  Map<String, Double> counts() {
    var counts = new TreeMap<String, Double>();
    try (var statement = connection.createStatement()) {
      try (var rows = statement.executeQuery(PER_DATABASE)) {
        while (rows.next()) {
          counts.put("transactions " + rows.getString(1), rows.getDouble(2));
          counts.put("rows written " + rows.getString(1), rows.getDouble(3));
          counts.put("buffers " + rows.getString(1), rows.getDouble(4));
          counts.put("bytes " + rows.getString(1), rows.getDouble(5));
        }
      }
      try (var rows = statement.executeQuery(TOGETHER)) {
        rows.next();
        counts.put("transactions that write", rows.getDouble(1));
        counts.put("bytes WAL", rows.getDouble(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return counts;
  }

  /**
   * Statements by database and text, as the server logs them while something is done. Parameters
   * are left out: some are secrets.
   */
  Map<String, Map<String, Integer>> statements(Path log, Runnable work) {
    return Statements.read(logged(log, Map.of("log_statement", "'all'"), work), SAID);
  }

  /** Milliseconds of the longest statement in any database while something is done. */
  double slowest(Path log, Runnable work) {
    return Statements.slowest(logged(log, Map.of("log_min_duration_statement", "0"), work), SAID);
  }

  private String logged(Path log, Map<String, String> settings, Runnable work) {
    var all = new TreeMap<>(settings);
    all.put("log_line_prefix", "'" + SAID + "%d: '");
    all.put("log_parameter_max_length", "0");
    all.forEach((name, value) -> execute("alter system set " + name + " = " + value));
    try {
      reload();
      long begun = log.toFile().length();
      work.run();
      pause(); // what an answer leaves to be done
      return text(log, begun);
    } finally {
      all.keySet().forEach(name -> execute("alter system reset " + name));
      reload();
    }
  }

  private static String text(Path log, long from) {
    try (var file = FileChannel.open(log, StandardOpenOption.READ)) {
      file.position(Math.min(from, file.size()));
      return new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each backend takes it in before its next statement. */
  private void reload() {
    execute("select pg_reload_conf()");
    pause();
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
  }

  private void execute(String statement) {
    try (var executed = connection.createStatement()) {
      executed.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
