package emporion.gateway;

import emporion.chassis.problem.Problem;
import emporion.chassis.telemetry.Span;
import emporion.chassis.telemetry.Trace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. All of it is done by the thread of the client's event loop. */
abstract class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int SMALL_BODY = 65_536;

  /** RFC 9110, section 5.6.7. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  protected final ClientChannel client;
  protected final HttpRequest request;
  protected final HttpHeaders headers;
  protected final Span span;
  protected final Trace trace;
  private boolean requestEnded;
  private boolean close;
  private boolean answered;
  private boolean over;
  private int status;
  private long bytes;

  /**
   * A request that is read.
   *
   * @param observed whether an operator is to see it
   */
  Exchange(ClientChannel client, HttpRequest request, boolean observed) {
    this.client = client;
    this.request = request;
    this.headers = request.headers();
    var given = Trace.of(this::joined);
    this.span = observed ? Spans.begin(request, given) : Span.none();
    this.trace = span.within(given);
  }

  /** Of several lines, which are one field; null where there is none. */
  private String joined(String name) {
    return headers.contains(name) ? String.join(",", headers.getAll(name)) : null;
  }

  /**
   * Begins to answer.
   *
   * @param whole whether no body follows
   */
  final void begin(boolean whole) {
    requestEnded = whole;
    guarded(
        () -> {
          if (request.decoderResult().isFailure()) {
            close = true;
            throw ErrorResponse.unreadable(request.decoderResult().cause());
          }
          client.demandShortHead(request);
          demandClearLength();
          demandNoWonders();
          open();
        });
  }

  /** Netty takes other codings than {@code chunked} for no body. */
  private void demandClearLength() {
    var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.size() > 1
        || codings.size() == 1 && !"chunked".equalsIgnoreCase(codings.getFirst())) {
      throw ErrorResponse.ambiguousFraming();
    }
  }

  /** RFC 9110, section 10.1.1; HTTP/1.0 knows no such field. */
  private void demandNoWonders() {
    for (var line : http10() ? List.<String>of() : headers.getAll(HttpHeaderNames.EXPECT)) {
      for (var expected : line.split(",")) {
        if (!expected.isBlank()
            && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected.strip())) {
          throw ErrorResponse.expectation();
        }
      }
    }
  }

  /**
   * Looks at the head.
   *
   * @throws Problem where the request is refused
   */
  abstract void open();

  /** Does what may be refused, or fail in a way that nobody foresaw. */
  protected final void guarded(Runnable work) {
    if (over) {
      return;
    }
    try {
      work.run();
    } catch (Problem problem) {
      refuse(problem);
    } catch (RuntimeException defect) {
      LOG.error("A request failed in a way that nobody foresaw, trace {}", trace.traceId(), defect);
      refuse(ErrorResponse.internal());
    }
  }

  /** A piece of the body has come, which is released here. */
  final void received(HttpContent piece, boolean last) {
    requestEnded = last;
    if (over || answered) {
      close |= piece.decoderResult().isFailure();
      piece.release();
      if (!last && !close) {
        client.read();
      }
      return;
    }
    guarded(
        () -> {
          if (piece.decoderResult().isFailure()) {
            close = true;
            piece.release();
            throw ErrorResponse.brokenBody();
          }
          body(piece);
        });
  }

  /** Takes a piece of the body, and asks for the next one when it is time. */
  void body(HttpContent piece) {
    piece.release();
    if (!requestEnded) {
      client.read();
    }
  }

  /** Whether the request has been read to its end. */
  protected final boolean requestEnded() {
    return requestEnded;
  }

  /** Whether the client has been given the beginning of an answer, so that there is no other. */
  protected final boolean answered() {
    return answered;
  }

  /** Whether nothing more can be done. */
  protected final boolean over() {
    return over;
  }

  protected final boolean toHead() {
    return HttpMethod.HEAD.equals(request.method());
  }

  /** Whether the client knows no chunks. */
  protected final boolean http10() {
    return HttpVersion.HTTP_1_0.equals(request.protocolVersion());
  }

  protected final boolean expectsContinue() {
    return !http10() && HttpUtil.is100ContinueExpected(request);
  }

  protected final void closeBehind() {
    close = true;
  }

  protected final boolean closes() {
    return close;
  }

  protected final void count(int more) {
    bytes += more;
  }

  /** Adds what is the gateway's own, on each answer. */
  protected void writeOwnFields(int answerStatus, HttpHeaders answer) {}

  /**
   * Completes the head of an answer. A body that is still under way is waited for where it is short
   * and sure to come; otherwise the connection ends.
   */
  protected final void finishHead(int answerStatus, HttpHeaders answer) {
    answered = true;
    status = answerStatus;
    close =
        close
            || !HttpUtil.isKeepAlive(request)
            || client.draining()
            || !requestEnded && !soonEnded();
    if (!answer.contains(HttpHeaderNames.DATE)) {
      answer.set("Date", HTTP_DATE.format(Instant.now()));
    }
    writeOwnFields(answerStatus, answer);
    if (close) {
      answer.set("Connection", HttpHeaderValues.CLOSE);
    } else if (http10()) {
      answer.set("Connection", HttpHeaderValues.KEEP_ALIVE);
    }
  }

  private boolean soonEnded() {
    long length = HttpUtil.getContentLength(request, Long.MAX_VALUE);
    return length <= SMALL_BODY && !expectsContinue();
  }

  /** Gives an answer of the gateway's own. */
  protected final void say(FullHttpResponse answer) {
    count(answer.content().readableBytes());
    finishHead(answer.status().code(), answer.headers());
    client.end(toHead() ? answer.replace(Unpooled.EMPTY_BUFFER) : answer, close);
  }

  /** An answer that says no more than that, and what its fields tell. */
  static FullHttpResponse empty(HttpResponseStatus what) {
    return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, what, Unpooled.EMPTY_BUFFER);
  }

  private void refuse(Problem problem) {
    release();
    if (answered) {
      cutOff();
    } else {
      // What could be read in two ways is not followed by another request.
      close |= problem.status() == 400;
      say(ErrorResponse.answer(problem, trace.traceId()));
    }
  }

  /** Ends an answer that can't be given to its end. */
  protected final void cutOff() {
    client.abort(true);
    finish(status);
  }

  /** The client has left or is too slow; nobody is there to be answered. */
  protected final void gone() {
    client.abort(false);
    left();
  }

  /** The client has left. */
  final void left() {
    finish(answered ? status : AccessLog.CLIENT_GONE);
  }

  /** The answer's last byte has been written, or never will be. */
  final void ended(boolean taken) {
    finish(status);
  }

  private void finish(int outcome) {
    if (!over) {
      over = true;
      release();
      account(outcome, bytes);
    }
  }

  /** Lets go of what answers it. */
  void release() {}

  /** Counts and logs it. */
  void account(int outcome, long answerBytes) {}

  /** The client takes more, or no longer does. */
  void clientWritabilityChanged() {}

  /** Bytes have come after the connection became a tunnel. */
  void tunnelled(ByteBuf data) {
    data.release();
  }

  boolean isTunnel() {
    return false;
  }

  /** Ends itself if it is late. */
  abstract void look(long now);
}
