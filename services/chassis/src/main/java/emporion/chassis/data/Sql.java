package emporion.chassis.data;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Plain JDBC for where a statement is the point: compare-and-set, leases, {@code skip locked},
 * outbox, inbox, keys. It runs in the running JTA transaction, on its one connection; outside of
 * one each statement commits by itself, which spares a single read its {@code BEGIN} and {@code
 * COMMIT}.
 *
 * <p>Parameters are positional: {@link String}, {@link UUID}, {@link Integer}, {@link Long}, {@link
 * Boolean}, {@link Instant} (a {@code timestamp with time zone}), {@link Duration} (its seconds, a
 * {@code double precision}, to be cast to it where H2 can not tell), an enum (its name), a
 * collection of one of these (an array, for {@code = any (?)}, never empty). A null needs the type
 * that {@link #orNull} gives it: without one PostgreSQL would plan the statement anew.
 *
 * <p>A row becomes a record, column by column in the order of its components ({@link RowReader}),
 * or the one value that it has. A statement's text is constant, as drivers keep what they have
 * parsed by it. Changes that JPA has not flushed are not seen here.
 */
@ApplicationScoped
public class Sql {
  private final DataSource database;

  @Inject
  Sql(@Named("db") DataSource database) {
    this.database = database;
  }

  Sql() {
    this(null);
  }

  /**
   * Runs a statement that changes rows.
   *
   * @return how many it has changed
   */
  public int update(String statement, Object... parameters) {
    try (var connection = database.getConnection();
        var prepared = prepared(connection, statement, parameters)) {
      return prepared.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** Runs the same statement for several lists of parameters, all on their way at once. */
  public void batch(String statement, Collection<Object[]> rows) {
    try (var connection = database.getConnection();
        var prepared = connection.prepareStatement(statement)) {
      for (var row : rows) {
        set(connection, prepared, row);
        prepared.addBatch();
      }
      prepared.executeBatch();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** All rows, each as a record or as the one value that it has. */
  public <T> List<T> list(Class<T> type, String query, Object... parameters) {
    var reader = RowReader.of(type);
    try (var connection = database.getConnection();
        var prepared = prepared(connection, query, parameters);
        var rows = prepared.executeQuery()) {
      var all = new ArrayList<T>();
      while (rows.next()) {
        all.add(reader.read(rows));
      }
      return all;
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** The first row; empty where there is none, or where its one value is null. */
  public <T> Optional<T> find(Class<T> type, String query, Object... parameters) {
    var reader = RowReader.of(type);
    try (var connection = database.getConnection();
        var prepared = prepared(connection, query, parameters);
        var rows = prepared.executeQuery()) {
      return rows.next() ? Optional.ofNullable(reader.read(rows)) : Optional.empty();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** A count. */
  public long count(String query, Object... parameters) {
    return find(Long.class, query, parameters).orElseThrow();
  }

  /** A text that may be missing. */
  public static Object orNull(String text) {
    return text == null ? Null.TEXT : text;
  }

  /** The name of a constant that may be missing. */
  public static Object orNull(Enum<?> constant) {
    return constant == null ? Null.TEXT : constant;
  }

  /** An id that may be missing. */
  public static Object orNull(UUID id) {
    return id == null ? Null.ID : id;
  }

  /** A number that may be missing. */
  public static Object orNull(Long number) {
    return number == null ? Null.NUMBER : number;
  }

  /** A moment that may be missing. */
  public static Object orNull(Instant moment) {
    return moment == null ? Null.MOMENT : moment;
  }

  private static PreparedStatement prepared(
      Connection connection, String statement, Object... parameters) throws SQLException {
    var prepared = connection.prepareStatement(statement);
    try {
      set(connection, prepared, parameters);
      return prepared;
    } catch (SQLException | RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  private static void set(Connection connection, PreparedStatement prepared, Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      set(connection, prepared, i + 1, parameters[i]);
    }
  }

  private static void set(
      Connection connection, PreparedStatement prepared, int position, Object value)
      throws SQLException {
    switch (value) {
      case Null none -> prepared.setNull(position, none.type);
      case Collection<?> several -> prepared.setArray(position, array(connection, several));
      case String text -> prepared.setString(position, text);
      case Enum<?> constant -> prepared.setString(position, constant.name());
      case Long number -> prepared.setLong(position, number);
      case Integer number -> prepared.setInt(position, number);
      case Boolean yes -> prepared.setBoolean(position, yes);
      case Duration time -> prepared.setDouble(position, time.toNanos() / 1e9);
      case Instant moment -> prepared.setObject(position, moment.atOffset(ZoneOffset.UTC));
      case UUID id -> prepared.setObject(position, id);
      case null -> throw new IllegalArgumentException("A null without a type, at " + position);
      default ->
          throw new IllegalArgumentException(value.getClass() + " is no parameter, at " + position);
    }
  }

  private static java.sql.Array array(Connection connection, Collection<?> values)
      throws SQLException {
    var type =
        switch (values.iterator().next()) {
          case UUID id -> "uuid";
          case Long number -> "bigint";
          case Integer number -> "integer";
          default -> "varchar";
        };
    var elements = values.stream().map(v -> v instanceof Enum<?> e ? e.name() : v).toArray();
    return connection.createArrayOf(type, elements);
  }

  /** Nothing, but of a type. */
  private enum Null {
    TEXT(Types.VARCHAR),
    NUMBER(Types.BIGINT),
    ID(Types.OTHER),
    MOMENT(Types.TIMESTAMP_WITH_TIMEZONE);

    private final int type;

    Null(int type) {
      this.type = type;
    }
  }
}
