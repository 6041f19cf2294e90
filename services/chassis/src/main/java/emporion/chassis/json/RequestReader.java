package emporion.chassis.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import jakarta.inject.Inject;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads a request's body into a record and checks its Jakarta Validation constraints. What can't be
 * read or does not hold is a 400 with a JSON pointer (RFC 6901) for each bad field.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
@Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
public class RequestReader implements MessageBodyReader<Record> {
  private final Validator validator;

  @Inject
  RequestReader(Constraints constraints) {
    validator = constraints.validator();
  }

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
    return valid(parse(type, in));
  }

  private static Record parse(Class<Record> type, InputStream in) throws IOException {
    try {
      var value = Json.STRICT.readValue(utf8(in), type);
      if (value == null) {
        throw Problem.invalid("", "must be a JSON object");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw refusal(e);
    }
  }

  /** Jackson takes a mark at the begin, or zeros, for another charset; JSON has one (RFC 8259). */
  private static byte[] utf8(InputStream in) throws IOException {
    var bytes = in.readAllBytes();
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      if (bytes[i] == 0 || bytes[i] < -16) {
        throw Problem.invalid("", "must be JSON in UTF-8, without a byte order mark");
      }
    }
    return bytes;
  }

  private static Problem refusal(JsonProcessingException e) {
    return switch (e) {
      case ValueInstantiationException v when v.getCause() instanceof Problem problem -> problem;
      case InvalidFormatException f when f.getTargetType() == String.class ->
          Problem.invalid(pointer(f.getPath()), "must not hold NUL or half of a character");
      case UnrecognizedPropertyException unknown ->
          Problem.invalid(pointer(unknown.getPath()), "is not a known field");
      case JsonMappingException m when m.getCause() instanceof StreamConstraintsException ->
          Problem.invalid(pointer(m.getPath()), "is nested too deeply or too long");
      case JsonMappingException m when m.getCause() instanceof JsonParseException p ->
          Problem.invalid(pointer(m.getPath()), "is not valid JSON" + where(p));
      case JsonMappingException m when m.getPath().isEmpty() ->
          Problem.invalid("", "must be a JSON object");
      case JsonMappingException m ->
          Problem.invalid(pointer(m.getPath()), "has the wrong type or is out of range");
      case StreamConstraintsException c -> Problem.invalid("", "is nested too deeply or too long");
      default -> Problem.invalid("", "is not valid JSON" + where(e));
    };
  }

  private static String where(JsonProcessingException e) {
    var at = e.getLocation();
    return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }

  private static String pointer(List<JsonMappingException.Reference> path) {
    return path.stream()
        .map(
            step ->
                step.getIndex() >= 0 ? "/" + step.getIndex() : "/" + escape(step.getFieldName()))
        .collect(Collectors.joining());
  }

  private static String escape(String name) {
    var bounded = name.length() > 64 ? name.substring(0, 64) : name;
    return bounded.replace("~", "~0").replace("/", "~1");
  }

  private Record valid(Record value) {
    var violations = validator.validate(value);
    if (violations.isEmpty()) {
      return value;
    }
    throw Problem.invalid(
        violations.stream()
            .map(v -> new FieldError(pointer(v.getPropertyPath()), v.getMessage()))
            .sorted((a, b) -> a.pointer().compareTo(b.pointer()))
            .toList());
  }

  private static String pointer(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(RequestReader::step)
        .collect(Collectors.joining());
  }

  private static String step(Path.Node node) {
    var index = node.getIndex() == null ? "" : "/" + node.getIndex();
    var name = node.getName();
    return name == null || name.startsWith("<") ? index : index + "/" + Names.snake(name);
  }
}
