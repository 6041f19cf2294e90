package emporion.gateway;

import emporion.chassis.json.Json;
import emporion.chassis.problem.Problem;
import emporion.chassis.problem.ProblemDocument;
import emporion.chassis.telemetry.Trace;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.DateTime;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The gateway's own answers: every one is a problem document (RFC 9457). As a handler it speaks for
 * Helidon where a request ends before the {@link Forwarder} sees it.
 */
final class Refusal implements DirectHandler {
  private static final String CHALLENGE = "Bearer error=\"invalid_token\"";
  private static final Problem BUSY =
      Problem.unavailable("Too many requests are under way.", Duration.ofSeconds(1));

  private final RouteMeters meters;

  Refusal(RouteMeters meters) {
    this.meters = meters;
  }

  /**
   * The bytes of an answer, head and body.
   *
   * @param more lines of the header, each ended by CR LF
   */
  static BufferData bytes(
      Problem problem, String traceId, String more, boolean toHead, boolean close) {
    var body = body(problem, traceId);
    var out = BufferData.growing(512);
    out.writeAscii("HTTP/1.1 " + problem.status() + " " + reason(problem.status()) + "\r\n");
    out.writeAscii("Date: ");
    out.write(DateTime.http1Bytes());
    out.writeAscii("Content-Type: " + ProblemDocument.MEDIA_TYPE + "\r\n");
    out.writeAscii("Content-Length: " + body.length + "\r\n");
    problem
        .retryAfter()
        .ifPresent(wait -> out.writeAscii("Retry-After: " + wait.toSeconds() + "\r\n"));
    if (problem.status() == 401) {
      out.writeAscii("WWW-Authenticate: " + CHALLENGE + "\r\n");
    } else if (problem.status() == 415) {
      // RFC 9110, section 12.5.3: which content codings would have been taken.
      out.writeAscii("Accept-Encoding: identity\r\n");
    }
    out.writeAscii(more);
    if (close) {
      out.write(Answer.CLOSE);
    }
    out.write('\r');
    out.write('\n');
    if (!toHead) {
      out.write(body);
    }
    return out;
  }

  private static byte[] body(Problem problem, String traceId) {
    return Json.write(ProblemDocument.of(problem, traceId)).getBytes(StandardCharsets.UTF_8);
  }

  private static String reason(int status) {
    return Status.create(status).reasonPhrase();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      Throwable thrown,
      System.Logger logger) {
    // A method or field that Helidon's parser can't take ends as an illegal argument of its own.
    boolean clients = thrown.getCause() instanceof IllegalArgumentException;
    return handle(
        request, event, clients ? Status.BAD_REQUEST_400 : status, headers, thrown.getMessage());
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    var problem = problem(status.code());
    var traceId = Trace.begin(null).traceId();
    Trace.end();
    var body = body(problem, traceId);
    AccessLog.line(
        request.method(), request.path(), "none", status.code(), 0, body.length, traceId);
    meters.count(problem.status(), 0);
    headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE));
    problem
        .retryAfter()
        .ifPresent(
            wait ->
                headers.set(HeaderValues.create(HeaderNames.RETRY_AFTER, "" + wait.toSeconds())));
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false)
        .entity(body)
        .build();
  }

  /** What a client is told of a defect. */
  static Problem internal() {
    return Problem.of(
        500,
        "internal",
        "Something went wrong on our side",
        "It has been logged; quote the trace id when you report it.");
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 503 -> BUSY;
      case 414 ->
          Problem.of(414, "uri-too-long", "The request target is too long", "Shorten the query.");
      case 500 -> internal();
      default ->
          Problem.of(
              status,
              "bad-request",
              "The request is not valid HTTP/1.1",
              "Its request line or header fields can't be read, or are too large.");
    };
  }
}
