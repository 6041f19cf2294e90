package emporion.chassis.body;

import emporion.chassis.json.Json;
import emporion.chassis.json.Malformed;
import emporion.chassis.problem.FieldError;
import emporion.chassis.problem.Problem;
import emporion.chassis.text.NoCardNumber;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads a request's body into a record and checks its Jakarta Validation constraints. What can't be
 * read or does not hold is a 400 with a JSON pointer (RFC 6901) for each bad field, and where a
 * card number was sent, for that alone.
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
      var value = Json.parse(utf8(in), type);
      if (value == null) {
        throw Problem.invalid("", "must be a JSON object");
      }
      return value;
    } catch (Malformed e) {
      throw e.getCause() instanceof Problem own
          ? own
          : Problem.invalid(e.pointer(), e.getMessage());
    }
  }

  /** A reader takes a mark at the begin, or zeros, for another charset; JSON has one (RFC 8259). */
  private static byte[] utf8(InputStream in) throws IOException {
    var bytes = in.readAllBytes();
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      if (bytes[i] == 0 || bytes[i] < -16) {
        throw Problem.invalid("", "must be JSON in UTF-8, without a byte order mark");
      }
    }
    return bytes;
  }

  private Record valid(Record value) {
    var violations = validator.validate(value);
    if (violations.isEmpty()) {
      return value;
    }
    var cards = violations.stream().filter(RequestReader::isOfCard).collect(Collectors.toSet());
    throw cards.isEmpty()
        ? Problem.invalid(errors(violations))
        : Problem.cardNumberRefused(errors(cards));
  }

  private static boolean isOfCard(ConstraintViolation<Record> violation) {
    return violation.getConstraintDescriptor().getAnnotation() instanceof NoCardNumber;
  }

  private static List<FieldError> errors(Set<ConstraintViolation<Record>> violations) {
    return violations.stream()
        .map(v -> new FieldError(pointer(v.getPropertyPath()), v.getMessage()))
        .sorted((a, b) -> a.pointer().compareTo(b.pointer()))
        .toList();
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
