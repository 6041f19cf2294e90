package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Set;

/**
 * Which pages of other origins may call the API from a browser (Fetch, section 3.3). Tokens come in
 * a header that a page sets itself, so no answer ever allows credentials, and an origin that is let
 * in gets no more than any program would.
 */
final class Cors {
  private static final String ANY = "*";

  private final Set<String> origins;
  private final String methods;
  private final String requestHeaders;
  private final String maxAge;
  private final String exposed;

  Cors(Settings.Cors settings) {
    origins = settings.origins();
    methods = String.join(", ", settings.methods());
    requestHeaders = String.join(", ", settings.headers());
    maxAge = Long.toString(settings.maxAge().toSeconds());
    exposed = String.join(", ", settings.exposed());
  }

  /** Whether a browser asks if it may send a request; answered here, and no service sees it. */
  boolean isPreflight(HttpMethod method, HttpHeaders headers) {
    return HttpMethod.OPTIONS.equals(method)
        && !origins.isEmpty()
        && headers.contains(HttpHeaderNames.ORIGIN)
        && headers.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /**
   * Refuses a preflight of an origin that is not let in.
   *
   * @throws Problem 403
   */
  void check(HttpHeaders headers) {
    if (!lets(headers)) {
      throw Problem.of(
          403, "origin-not-allowed", "Origin not allowed", "Pages of this origin can't call here.");
    }
  }

  /** Adds what the answer to a preflight tells. */
  void writePreflight(HttpHeaders answer) {
    answer.set("Access-Control-Allow-Methods", methods);
    answer.set("Access-Control-Allow-Headers", requestHeaders);
    answer.set("Access-Control-Max-Age", maxAge);
  }

  /** Adds what any answer tells. */
  void writeTo(HttpHeaders answer, HttpHeaders request) {
    if (origins.isEmpty()) {
      return;
    }
    answer.add("Vary", "Origin");
    if (lets(request)) {
      answer.set("Access-Control-Allow-Origin", origin(request));
      answer.set("Access-Control-Expose-Headers", exposed);
    }
  }

  private boolean lets(HttpHeaders headers) {
    return headers.contains(HttpHeaderNames.ORIGIN)
        && (origins.contains(ANY) || origins.contains(origin(headers)));
  }

  private static String origin(HttpHeaders headers) {
    return headers.get(HttpHeaderNames.ORIGIN);
  }
}
