package emporion.client;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Writes times into query parameters as RFC 3339 wants them. Register it with each client: Jakarta
 * REST (3.1, section 3.2) has no conversion for {@link OffsetDateTime} of its own.
 */
public final class TimeParameters
    implements ParamConverterProvider, ParamConverter<OffsetDateTime> {

  @Override
  @SuppressWarnings("unchecked")
  public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
    return type == OffsetDateTime.class ? (ParamConverter<T>) this : null;
  }

  @Override
  public OffsetDateTime fromString(String value) {
    return value == null ? null : OffsetDateTime.parse(value);
  }

  @Override
  public String toString(OffsetDateTime value) {
    return value == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value);
  }
}
