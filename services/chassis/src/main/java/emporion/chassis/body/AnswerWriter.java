package emporion.chassis.body;

import emporion.chassis.json.Json;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Writes answers with their length, which the runtime does not know of what is longer than its
 * buffer: such an answer would leave in several chunks. It is no provider that is found by itself,
 * as that one would write requests to neighbours too, whose length is not ours to tell.
 */
class AnswerWriter extends JsonWriter {

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
    var json = Json.bytes(value);
    headers.putSingle(HttpHeaders.CONTENT_LENGTH, json.length);
    out.write(json);
  }
}
