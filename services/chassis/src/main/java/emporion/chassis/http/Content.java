package emporion.chassis.http;

import emporion.chassis.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/**
 * Refuses another charset than UTF-8, and the absence of a body that an operation reads, which the
 * runtime hands over as null. A form is there without one too, and a parameter of it without a
 * value counts as omitted (RFC 6749, section 3.2).
 */
@Provider
public class Content implements ReaderInterceptor {

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    demandUtf8(context.getMediaType());
    var content = context.proceed();
    if (MultivaluedMap.class.isAssignableFrom(context.getType())) {
      return parameters((MultivaluedMap<?, ?>) content);
    }
    if (content == null) {
      throw Problem.invalid("", "must not be empty");
    }
    return content;
  }

  private static void demandUtf8(MediaType type) {
    var charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
    if (charset != null
        && !charset.equalsIgnoreCase("utf-8")
        && !charset.equalsIgnoreCase("us-ascii")) {
      throw Problem.of(
          415, "unsupported-media-type", "Unsupported media type", "All text has to be UTF-8.");
    }
  }

  private static MultivaluedMap<Object, Object> parameters(MultivaluedMap<?, ?> form) {
    var given = new MultivaluedHashMap<Object, Object>();
    if (form != null) {
      form.forEach(
          (name, values) ->
              values.stream()
                  .filter(value -> value != null && !value.toString().isEmpty())
                  .forEach(value -> given.add(name, value)));
    }
    return given;
  }
}
