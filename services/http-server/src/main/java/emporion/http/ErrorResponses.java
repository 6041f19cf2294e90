package emporion.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import emporion.http.RequestError.Refused;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Says what the server refuses by itself, outside of any route, as {@code
 * application/problem+json}. The server's own words hold internal addresses and class names.
 */
final class ErrorResponses implements DirectHandler {
  static final DirectHandlers HANDLERS = handlers();

  static final String MEDIA_TYPE = "application/problem+json";

  private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");

  /** As W3C Trace Context has it; there may be more of it from version 01 on. */
  private static final Pattern TRACE =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
              + "((?<!^00.{53})-.*)?");

  private static DirectHandlers handlers() {
    var handlers = DirectHandlers.builder();
    for (var type : EventType.values()) {
      handlers.addHandler(type, new ErrorResponses());
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      Throwable thrown,
      System.Logger log) {
    return thrown.getCause() instanceof Refused refused
        ? answer(refused.refusal(), request, headers)
        : handle(request, type, status, headers, "");
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    if (status.family() == Status.Family.SUCCESSFUL) {
      return TransportResponse.builder()
          .status(status)
          .header(Now.date())
          .header(HeaderNames.ALLOW, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
          .build();
    }
    return answer(byStatus(status.code()), request, headers);
  }

  private static TransportResponse answer(
      RequestError refusal, TransportRequest request, ServerResponseHeaders headers) {
    var answer =
        TransportResponse.builder()
            .headers(headers)
            .status(Status.create(refusal.status()))
            .header(Now.date())
            .header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE)
            .entity(
                json(refusal, trace(request.headers().first(TRACEPARENT).orElse("")))
                    .getBytes(UTF_8));
    return refusal.status() == 503
        ? answer.header(HeaderNames.RETRY_AFTER, "1").build()
        : answer.build();
  }

  /** A problem for an answer that has a status alone. */
  static byte[] document(int status, String traceparent) {
    return json(byStatus(status), trace(traceparent)).getBytes(UTF_8);
  }

  private static RequestError byStatus(int status) {
    return switch (status) {
      case 400 -> RequestError.malformed("The request can't be read.");
      case 404 -> new RequestError(404, "not-found", "Not found", "There is no such path.");
      case 405 ->
          new RequestError(
              405, "method-not-allowed", "Method not allowed", "See the Allow header.");
      case 406 ->
          new RequestError(406, "not-acceptable", "Not acceptable", "Accept what there is.");
      case 413 -> new RequestError(413, "too-large", "The body is too large", "Send less at once.");
      case 503 ->
          new RequestError(
              503, "unavailable", "Temporarily unavailable", "Too much to do right now.");
      default ->
          status < 500
              ? new RequestError(
                  status, "refused", "The request was refused", "It can't be served.")
              : new RequestError(
                  status,
                  "internal",
                  "Something went wrong on our side",
                  "It has been logged; quote the trace id when you report it.");
    };
  }

  private static String json(RequestError refusal, String trace) {
    var errors =
        refusal.field() == null
            ? ""
            : ",\"errors\":[{\"pointer\":\"%s\",\"detail\":\"%s\"}]"
                .formatted(refusal.field(), refusal.fault());
    return """
    {"type":"urn:emporion:problem:%s","title":"%s","status":%d,"detail":"%s","trace_id":"%s"%s}\
    """
        .formatted(
            refusal.slug(), refusal.title(), refusal.status(), refusal.detail(), trace, errors);
  }

  private static String trace(String traceparent) {
    var given = TRACE.matcher(traceparent);
    if (given.matches()) {
      return given.group(1);
    }
    var id = new byte[16];
    ThreadLocalRandom.current().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
