package emporion.gateway;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** An answer as it comes from a service, gathered until it is worth a write to the client. */
final class IncomingAnswer {
  private static final int BATCH = 65_536;
  private static final String EVENTS = "text/event-stream";

  /** Those of the hop, and those that only tell what software answers. */
  private static final Fields DROPPED =
      new Fields(
          List.of(
              "Connection",
              "Keep-Alive",
              "TE",
              "Trailer",
              "Transfer-Encoding",
              "Upgrade",
              "Server",
              "X-Powered-By"),
          List.of("proxy-"));

  private final HttpResponse head;
  private final boolean hasContent;
  private final boolean endless;
  private final boolean lasting;
  private final Deque<HttpContent> pieces = new ArrayDeque<>();
  private int batch;
  private boolean ended;

  /**
   * An answer of which nothing but the head is there.
   *
   * @param toHead whether the method was HEAD
   * @param asked whether the service has all of the request
   */
  IncomingAnswer(HttpResponse head, boolean toHead, boolean asked) {
    this.head = head;
    int status = status();
    hasContent = !toHead && status != 204 && status != 304;
    endless = head.headers().contains(HttpHeaderNames.CONTENT_TYPE, EVENTS, true);
    lasting =
        asked
            && HttpUtil.isKeepAlive(head)
            && HttpVersion.HTTP_1_1.equals(head.protocolVersion())
            && (!hasContent
                || HttpUtil.isTransferEncodingChunked(head)
                || HttpUtil.isContentLengthSet(head));
  }

  /** Whether it is plain where the answer ends. */
  static boolean isClear(HttpResponse head) {
    var codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty()
        || codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
  }

  /** The fields of an answer that go on to the client. */
  static HttpHeaders passed(HttpResponse head) {
    var fields = Fields.unchecked();
    DROPPED.copyOthers(head.headers(), Fields.options(head.headers()), fields);
    return fields;
  }

  int status() {
    return head.status().code();
  }

  /** Whether it is a stream of events, which ends when one of both sides wants it to. */
  boolean endless() {
    return endless;
  }

  /** Whether the connection it comes by carries another one. */
  boolean lasting() {
    return lasting;
  }

  void add(HttpContent piece) {
    batch += piece.content().readableBytes();
    pieces.add(piece);
    ended = piece instanceof LastHttpContent;
  }

  boolean ended() {
    return ended;
  }

  /** Whether what is there is worth a write. */
  boolean full() {
    return batch >= BATCH;
  }

  /** Whether only its end, or the connection's, will tell the length. */
  boolean hasOpenLength() {
    return hasContent && !head.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
  }

  /** The fields that go on to a client, who knows chunks or does not. */
  HttpHeaders fields(boolean chunks) {
    var fields = passed(head);
    if (status() == 204) {
      fields.remove(HttpHeaderNames.CONTENT_LENGTH);
    } else if (chunks && hasOpenLength()) {
      fields.set("Transfer-Encoding", HttpHeaderValues.CHUNKED);
    }
    return fields;
  }

  /** The head for the client; all of the answer, where one piece is all that it has. */
  HttpObject begin(HttpHeaders fields) {
    return ended && pieces.size() == 1
        ? new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            head.status(),
            pieces.removeFirst().content(),
            fields,
            EmptyHttpHeaders.INSTANCE)
        : new DefaultHttpResponse(HttpVersion.HTTP_1_1, head.status(), fields);
  }

  /** The next piece; null where there is none yet. */
  HttpContent next() {
    var piece = pieces.poll();
    if (piece != null) {
      batch -= piece.content().readableBytes();
      Fields.dropTrailers(piece);
    }
    return piece;
  }

  void release() {
    pieces.forEach(HttpContent::release);
    pieces.clear();
  }
}
