package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.DateTime;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import java.util.Set;

/**
 * Which pages of other origins may call the API from a browser (Fetch, section 3.3). Tokens come in
 * a header that a page sets itself, so no answer ever allows credentials, and an origin that is let
 * in gets no more than any program would.
 */
final class Cors {
  private static final String ANY = "*";

  private final Set<String> origins;
  private final String onPreflight;
  private final String onAnswer;

  Cors(Settings.Cors settings) {
    origins = settings.origins();
    onPreflight =
        "Access-Control-Allow-Methods: "
            + String.join(", ", settings.methods())
            + "\r\nAccess-Control-Allow-Headers: "
            + String.join(", ", settings.headers())
            + "\r\nAccess-Control-Max-Age: "
            + settings.maxAge().toSeconds()
            + "\r\n";
    onAnswer = "Access-Control-Expose-Headers: " + String.join(", ", settings.exposed()) + "\r\n";
  }

  /** Whether a browser asks if it may send a request; answered here, and no service sees it. */
  boolean isPreflight(Method method, Headers headers) {
    return method == Method.OPTIONS
        && !origins.isEmpty()
        && headers.contains(HeaderNames.ORIGIN)
        && headers.contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /**
   * Refuses a preflight of an origin that is not let in.
   *
   * @throws Problem 403
   */
  void check(Headers headers) {
    if (!lets(headers)) {
      throw Problem.of(
          403, "origin-not-allowed", "Origin not allowed", "Pages of this origin can't call here.");
    }
  }

  /**
   * The answer to a preflight.
   *
   * @param more lines of the header, each ended by CR LF
   */
  BufferData preflight(String more, boolean close) {
    var out = BufferData.growing(512);
    out.writeAscii("HTTP/1.1 204 No Content\r\nDate: ");
    out.write(DateTime.http1Bytes());
    out.writeAscii(onPreflight);
    out.writeAscii(more);
    if (close) {
      out.write(Answer.CLOSE);
    }
    out.writeAscii("\r\n");
    return out;
  }

  /** Adds the lines of any answer's header. */
  void writeTo(StringBuilder lines, Headers headers) {
    if (origins.isEmpty()) {
      return;
    }
    lines.append("Vary: Origin\r\n");
    if (lets(headers)) {
      lines.append("Access-Control-Allow-Origin: ").append(origin(headers)).append("\r\n");
      lines.append(onAnswer);
    }
  }

  private boolean lets(Headers headers) {
    return headers.contains(HeaderNames.ORIGIN)
        && (origins.contains(ANY) || origins.contains(origin(headers)));
  }

  private static String origin(Headers headers) {
    return headers.get(HeaderNames.ORIGIN).get();
  }
}
