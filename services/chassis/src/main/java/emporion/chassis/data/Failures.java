package emporion.chassis.data;

import java.sql.SQLException;

/** Reads the SQLSTATE (ISO 9075) behind a failure, on each database alike. */
public final class Failures {
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

  private static String sqlState(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
