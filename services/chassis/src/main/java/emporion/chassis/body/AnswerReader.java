package emporion.chassis.body;

import emporion.chassis.json.Json;
import emporion.chassis.problem.ProblemDocument;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads a neighbour's answer; members that this side does not know yet are passed over. */
@ConstrainedTo(RuntimeType.CLIENT)
@Consumes({MediaType.APPLICATION_JSON, ProblemDocument.MEDIA_TYPE})
public class AnswerReader implements MessageBodyReader<Record> {

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return type.isRecord();
  }

  @Override
  public Record readFrom(
      Class<Record> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream in)
      throws IOException {
    return Json.read(in, type);
  }
}
