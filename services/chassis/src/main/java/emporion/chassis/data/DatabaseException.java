package emporion.chassis.data;

import java.sql.SQLException;

/** A statement failed; {@link Failures} tells what that means. It rolls its transaction back. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseException(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
