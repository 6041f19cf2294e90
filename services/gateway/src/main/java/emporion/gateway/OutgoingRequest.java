package emporion.gateway;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/**
 * A request as its service is sent it: the head and the beginning of its body, which are kept for a
 * second attempt where that does no harm and all of it is at hand.
 */
final class OutgoingRequest {
  private static final int REPEATABLE_BODY = 16_384;

  private final HttpRequest head;
  private final boolean harmlessTwice;
  private HttpContent beginning;
  private boolean whole;

  OutgoingRequest(
      HttpMethod method, String target, HttpHeaders fields, boolean whole, boolean harmlessTwice) {
    this.whole = whole;
    this.harmlessTwice = harmlessTwice;
    if (whole) {
      head =
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              method,
              target,
              Unpooled.EMPTY_BUFFER,
              fields,
              EmptyHttpHeaders.INSTANCE);
    } else {
      if (!fields.contains(HttpHeaderNames.CONTENT_LENGTH)) {
        fields.set("Transfer-Encoding", HttpHeaderValues.CHUNKED);
      }
      head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target, fields);
    }
  }

  /** Takes the beginning of the body, which goes out with the head. */
  void begin(HttpContent piece, boolean last) {
    beginning = piece;
    whole = last && piece.content().readableBytes() <= REPEATABLE_BODY;
  }

  void writeTo(UpstreamConnection service) {
    service.write(head);
    if (beginning != null) {
      service.write(whole ? beginning.retainedDuplicate() : beginning);
      beginning = whole ? beginning : null;
    }
    service.flush();
  }

  /** Whether it may be written once more. */
  boolean repeatable() {
    return whole && harmlessTwice;
  }

  void release() {
    if (beginning != null) {
      beginning.release();
      beginning = null;
    }
  }
}
