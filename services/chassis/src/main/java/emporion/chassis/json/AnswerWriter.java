package emporion.chassis.json;

import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Writes answers with their length, which the runtime does not know of what is longer than its
 * buffer: such an answer would leave in several chunks.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
public class AnswerWriter extends JsonWriter {

  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    var json = bytes(value);
    headers.putSingle(HttpHeaders.CONTENT_LENGTH, json.length);
    out.write(json);
  }
}
