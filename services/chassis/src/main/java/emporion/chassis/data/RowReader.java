package emporion.chassis.data;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Makes records of rows, column by column in the order of the record's components, or values of
 * rows of one column. Null stays null, and fails for a primitive.
 */
final class RowReader<T> {
  private static final Map<Class<?>, Column> COLUMNS =
      Map.of(
          String.class, ResultSet::getString,
          UUID.class, (row, i) -> row.getObject(i, UUID.class),
          Long.class, (row, i) -> orNull(row, row.getLong(i)),
          Integer.class, (row, i) -> orNull(row, row.getInt(i)),
          Boolean.class, (row, i) -> orNull(row, row.getBoolean(i)),
          Instant.class, RowReader::moment);

  private static final ClassValue<RowReader<?>> READERS =
      new ClassValue<>() {
        @Override
        protected RowReader<?> computeValue(Class<?> type) {
          return new RowReader<>(type);
        }
      };

  private final List<Column> columns;
  private final MethodHandle constructor;

  private RowReader(Class<?> type) {
    var types =
        type.isRecord()
            ? Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toList()
            : List.<Class<?>>of(type);
    columns = types.stream().map(RowReader::column).toList();
    constructor = type.isRecord() ? constructor(type, types) : null;
  }

  /** The one reader of a type. */
  @SuppressWarnings("unchecked")
  static <T> RowReader<T> of(Class<T> type) {
    return (RowReader<T>) READERS.get(type);
  }

  private static MethodHandle constructor(Class<?> type, List<Class<?>> components) {
    try {
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(type, MethodType.methodType(void.class, components))
          .asSpreader(Object[].class, components.size())
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " can't be made", e);
    }
  }

  private static Column column(Class<?> type) {
    if (type.isEnum()) {
      var constants = (Enum<?>[]) type.getEnumConstants();
      return (row, i) -> constant(constants, row.getString(i));
    }
    var column = COLUMNS.get(MethodType.methodType(type).wrap().returnType());
    if (column == null) {
      throw new IllegalArgumentException(type + " is no type of a column");
    }
    return column;
  }

  private static Object constant(Enum<?>[] constants, String name) {
    return name == null
        ? null
        : Arrays.stream(constants).filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  private static Object orNull(ResultSet row, Object value) throws SQLException {
    return row.wasNull() ? null : value;
  }

  private static Object moment(ResultSet row, int column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** Reads the row at which the cursor stands. */
  @SuppressWarnings("unchecked")
  T read(ResultSet row) throws SQLException {
    var values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).read(row, i + 1);
    }
    return (T) (constructor == null ? values[0] : make(values));
  }

  private Object make(Object[] values) {
    try {
      return (Object) constructor.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @FunctionalInterface
  private interface Column {
    Object read(ResultSet row, int position) throws SQLException;
  }
}
