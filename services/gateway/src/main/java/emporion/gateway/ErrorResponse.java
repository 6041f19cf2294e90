package emporion.gateway;

import emporion.chassis.json.Json;
import emporion.chassis.problem.Problem;
import emporion.chassis.problem.ProblemDocument;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The gateway's own refusals: every one is a problem document (RFC 9457). */
final class ErrorResponse {
  private static final String CHALLENGE = "Bearer error=\"invalid_token\"";

  private ErrorResponse() {}

  /** The answer that tells of a problem. */
  static FullHttpResponse answer(Problem problem, String traceId) {
    var body = Json.write(ProblemDocument.of(problem, traceId)).getBytes(StandardCharsets.UTF_8);
    var answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status(problem.status()), Unpooled.wrappedBuffer(body));
    var headers = answer.headers();
    headers.set("Content-Type", ProblemDocument.MEDIA_TYPE);
    headers.set("Content-Length", body.length);
    problem.retryAfter().ifPresent(wait -> headers.set("Retry-After", wait.toSeconds()));
    if (problem.status() == 401) {
      headers.set("WWW-Authenticate", CHALLENGE);
    } else if (problem.status() == 415) {
      // RFC 9110, section 12.5.3: which content codings would have been taken.
      headers.set("Accept-Encoding", HttpHeaderValues.IDENTITY);
    }
    return answer;
  }

  /** With the reason phrase that IANA has registered; Netty has older ones for these. */
  private static HttpResponseStatus status(int code) {
    return switch (code) {
      case 413 -> new HttpResponseStatus(code, "Content Too Large");
      case 414 -> new HttpResponseStatus(code, "URI Too Long");
      default -> HttpResponseStatus.valueOf(code);
    };
  }

  /** What a client is told of a defect. */
  static Problem internal() {
    return Problem.of(
        500,
        "internal",
        "Something went wrong on our side",
        "It has been logged; quote the trace id when you report it.");
  }

  /** Too many requests at once. */
  static Problem busy() {
    return Problem.unavailable("Too many requests are under way.", Duration.ofSeconds(1));
  }

  /** A head that can't be read. */
  static Problem unreadable(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return longTarget();
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return longFields();
    }
    return Problem.of(
        400,
        "bad-request",
        "The request is not valid HTTP/1.1",
        "Its request line or header fields can't be read, or leave its length open.");
  }

  /** A target beyond what is read. */
  static Problem longTarget() {
    return Problem.of(414, "uri-too-long", "The request target is too long", "Shorten the query.");
  }

  /** Header fields beyond what is read. */
  static Problem longFields() {
    return Problem.of(
        431, "headers-too-large", "The header fields are too large", "Send fewer or shorter ones.");
  }

  /** Something that nobody here does. */
  static Problem expectation() {
    return Problem.of(
        417, "expectation-failed", "Expectation failed", "Expect nothing but 100-continue.");
  }

  /** A length that two readers could find in two ways. */
  static Problem ambiguousFraming() {
    return Problem.of(
        400,
        "ambiguous-framing",
        "The request's length is not clear",
        "Send one Content-Length, or Transfer-Encoding: chunked, and never both.");
  }

  /** A body whose framing breaks RFC 9112. */
  static Problem brokenBody() {
    return Problem.of(
        400, "bad-body", "The request's body is broken", "Its framing breaks RFC 9112.");
  }

  /** A body beyond what its route takes. */
  static Problem tooLarge(long limit) {
    return Problem.of(
        413, "too-large", "The body is too large", "At most " + limit + " bytes are accepted.");
  }

  /** No service unpacks a body, as that would defeat the limit of its size. */
  static Problem packed() {
    return Problem.of(
        415,
        "unsupported-media-type",
        "Unsupported media type",
        "Send the body as it is, without Content-Encoding.");
  }

  /** Which of two keys counts is anybody's guess. */
  static Problem twoKeys() {
    return Problem.of(
        400, "bad-field", "A header field is not acceptable", "Send one Idempotency-Key.");
  }

  /** A method that ends here. */
  static Problem notPassedOn() {
    return Problem.of(
        405, "method-not-allowed", "Method not allowed", "The gateway does not pass it on.");
  }

  /** A service that has not answered in time. */
  static Problem timeout() {
    return Problem.of(
        504,
        "timeout",
        "The service did not answer in time",
        "Whether it has carried out the request is not known.");
  }

  /** A service whose answer ends or can't be read. */
  static Problem brokenOff() {
    return Problem.of(
        502,
        "bad-gateway",
        "The service broke off",
        "Whether it has carried out the request is not known.");
  }
}
