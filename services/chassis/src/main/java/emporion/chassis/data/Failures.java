package emporion.chassis.data;

import java.sql.SQLException;
import java.util.Set;

/** Reads the SQLSTATE (ISO 9075) behind a failure, on each database alike. */
public final class Failures {
  private static final Set<String> CLOSED_H2 = Set.of("90067", "90098", "90121");

  private Failures() {}

  /** Whether a unique constraint refused the change (SQLSTATE 23505). */
  public static boolean isDuplicate(Throwable failure) {
    return "23505".equals(sqlState(failure));
  }

  /**
   * Whether the same transaction may well pass when it is run again: a serialization failure, a
   * deadlock or a lock that was waited for too long (SQLSTATE class 40, 55P03, H2's HYT00).
   */
  public static boolean isTransient(Throwable failure) {
    var state = sqlState(failure);
    return state.startsWith("40") || state.equals("55P03") || state.equals("HYT00");
  }

  /**
   * Whether the database could not be reached or gave up, which says nothing about the work: no
   * connection (SQLSTATE class 08), out of resources or stopping (classes 53 and 57), H2 closed.
   */
  public static boolean isOutage(Throwable failure) {
    var state = sqlState(failure);
    return isTransient(failure)
        || state.startsWith("08")
        || state.startsWith("53")
        || state.startsWith("57")
        || isClosed(failure)
        || isPools(failure);
  }

  /** Whether an H2 has closed itself. */
  public static boolean isClosed(Throwable failure) {
    return CLOSED_H2.contains(sqlState(failure));
  }

  /** Whether a connection that failed like this will never work again. */
  public static boolean isGone(SQLException failure) {
    var state = sqlState(failure);
    return state.startsWith("08") || state.startsWith("57P") || isClosed(failure);
  }

  /** What the pool itself says, such as that all connections are busy, has no SQLSTATE. */
  private static boolean isPools(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() == null) {
        return true;
      }
    }
    return false;
  }

  private static String sqlState(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
