package emporion.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/**
 * Why a request is not served (RFC 9457). All of it is text of ours that goes into JSON as it is:
 * nothing that a client has sent, no quotes.
 *
 * @param slug stable name; the {@code type} becomes {@code urn:emporion:problem:<slug>}
 * @param field the header that is bad; null where it is none
 * @param fault what is wrong with it
 */
record RequestError(
    int status, String slug, String title, String detail, String field, String fault) {
  static final RequestError FRAMING =
      new RequestError(
          400,
          "ambiguous-framing",
          "The request's length is not clear",
          "Send one Content-Length, or Transfer-Encoding: chunked, and never both.");
  static final RequestError LONG_TARGET =
      new RequestError(414, "uri-too-long", "The URI is too long", "Send a shorter one.");
  static final RequestError LONG_FIELDS =
      new RequestError(
          431,
          "headers-too-large",
          "The header fields are too large",
          "Send fewer or shorter ones.");
  static final RequestError EXPECTATION =
      new RequestError(
          417, "expectation-failed", "Expectation failed", "Expect nothing but 100-continue.");
  static final RequestError VERSION =
      new RequestError(
          505,
          "http-version-not-supported",
          "HTTP version not supported",
          "Speak HTTP/1.1 or HTTP/1.0.");

  RequestError(int status, String slug, String title, String detail) {
    this(status, slug, title, detail, null, null);
  }

  /** A 400 for what is no HTTP message. */
  static RequestError malformed(String detail) {
    return new RequestError(400, "malformed-request", "The request is malformed", detail);
  }

  /** A 400 for one bad header. */
  static RequestError field(String name, String fault) {
    return new RequestError(
        400,
        "invalid-request",
        "The request is not valid",
        "See 'errors' for each field that was refused. Nothing was changed.",
        name,
        fault);
  }

  /** What the server throws for it; the connection ends. */
  RequestException exception() {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .status(Status.create(status))
        .setKeepAlive(false)
        .cause(new Refused(this))
        .build();
  }

  /** Carries a refusal through the server. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RequestError refusal;

    Refused(RequestError refusal) {
      super(refusal.title(), null, false, false);
      this.refusal = refusal;
    }

    RequestError refusal() {
      return refusal;
    }
  }
}
