package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.nio.charset.StandardCharsets;

/**
 * How the end of a message's body is found (RFC 9112, section 6.3).
 *
 * @param length negative where only the end tells it
 */
record Framing(Kind kind, long length) {
  enum Kind {
    NONE,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  static final Framing NONE = new Framing(Kind.NONE, 0);
  static final Framing CHUNKED = new Framing(Kind.CHUNKED, -1);
  static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, -1);

  /** The header field of a body that is passed on in chunks. */
  static final byte[] CHUNKED_FIELD =
      "Transfer-Encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int MAX_DIGITS = 15;
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CRLF = {'\r', '\n'};

  /**
   * The framing of a request. Stricter than the RFC where two readers could disagree: both fields,
   * a field twice, or another transfer coding than {@code chunked} are refused.
   *
   * @throws Problem 400
   */
  static Framing ofRequest(Headers headers) {
    boolean coded = headers.contains(HeaderNames.TRANSFER_ENCODING);
    if (!headers.contains(HeaderNames.CONTENT_LENGTH)) {
      return coded ? chunked(headers) : NONE;
    }
    var length = headers.get(HeaderNames.CONTENT_LENGTH);
    if (coded || length.valueCount() != 1) {
      throw ambiguous();
    }
    return ofLength(length.get());
  }

  /**
   * A body of a stated length.
   *
   * @throws Problem 400 where the text is no plain decimal number
   */
  static Framing ofLength(String digits) {
    long length = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        throw ambiguous();
      }
      length = length * 10 + c - '0';
    }
    if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
      throw ambiguous();
    }
    return new Framing(Kind.LENGTH, length);
  }

  private static Framing chunked(Headers headers) {
    var coding = headers.get(HeaderNames.TRANSFER_ENCODING);
    // Helidon's connection knows the lower-case word only and would take the body for a request.
    if (coding.valueCount() != 1 || !"chunked".equals(coding.get())) {
      throw ambiguous();
    }
    return CHUNKED;
  }

  private static Problem ambiguous() {
    return Problem.of(
        400,
        "ambiguous-framing",
        "The request's length is not clear",
        "Send one Content-Length, or Transfer-Encoding: chunked, and never both.");
  }

  /** Whether at least one byte follows the head, as far as the head tells. */
  boolean hasBody() {
    return kind != Kind.NONE && length != 0;
  }

  /** Whether the body is passed on in chunks, because only its end tells how long it is. */
  boolean inChunks() {
    return length < 0;
  }

  /** Passes on a piece of the body; an empty one is the end. */
  void write(BufferData out, byte[] piece) {
    if (!inChunks()) {
      out.write(piece);
    } else if (piece.length == 0) {
      out.write(LAST_CHUNK);
    } else {
      out.writeAscii(Integer.toHexString(piece.length));
      out.write(CRLF);
      out.write(piece);
      out.write(CRLF);
    }
  }
}
