package emporion.chassis.data;

import jakarta.persistence.Query;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Reads the rows of native queries, on each database alike. */
public final class Rows {
  private Rows() {}

  /** The rows of a query that selects more than one column. */
  @SuppressWarnings("unchecked")
  public static List<Object[]> of(Query query) {
    return query.getResultList();
  }

  /** A count or an id of any numeric type. */
  public static long number(Object column) {
    return ((Number) column).longValue();
  }

  /** A UUID, whichever class the driver made of it. */
  public static UUID id(Object column) {
    return switch (column) {
      case UUID id -> id;
      case byte[] bytes -> {
        var buffer = ByteBuffer.wrap(bytes);
        yield new UUID(buffer.getLong(), buffer.getLong());
      }
      default -> UUID.fromString(column.toString());
    };
  }

  /** A timestamp, whichever class the driver made of it. */
  public static Instant instant(Object column) {
    return switch (column) {
      case Instant instant -> instant;
      case OffsetDateTime time -> time.toInstant();
      case java.sql.Timestamp time -> time.toInstant();
      case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
      default -> throw new IllegalArgumentException("Not a time: " + column.getClass());
    };
  }
}
