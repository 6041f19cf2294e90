package emporion.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The client's end: a connection that speaks HTTP/1, with one request after the other, or a stream
 * of HTTP/2 with one request. Nothing is read that nobody has asked for, so a client is never
 * faster than the service that its body goes to.
 */
final class ClientChannel extends ChannelInboundHandlerAdapter implements Watchdog.Watched {
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Duration LONGEST_LINGER = Duration.ofSeconds(30);

  private final Listener listener;
  private final Optional<RequestDecoder> decoder;
  private final InetAddress peer;
  private final boolean secure;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private final Deadline deadline = new Deadline();
  private ChannelHandlerContext context;
  private boolean wanted;
  private boolean delivering;
  private HttpRequest head;
  private Exchange exchange;
  private boolean requestEnded;
  private boolean inputEnded;
  private boolean closing;

  /**
   * An end.
   *
   * @param decoder reads the requests of HTTP/1; none reads a stream of HTTP/2
   */
  ClientChannel(
      Listener listener, Optional<RequestDecoder> decoder, InetAddress peer, boolean secure) {
    this.listener = listener;
    this.decoder = decoder;
    this.peer = peer;
    this.secure = secure;
  }

  InetAddress peer() {
    return peer;
  }

  /** Whether the connection is encrypted. */
  boolean secure() {
    return secure;
  }

  EventLoop loop() {
    return context.channel().eventLoop();
  }

  boolean draining() {
    return listener.draining();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    listener.watchdog().watch(loop(), this);
    deadline.in(listener.settings().clientHeadTimeout());
    if (ctx.channel().isActive()) {
      read();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    read();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    listener.watchdog().forget(loop(), this);
  }

  /** Asks for the next part of what the client sends, once. */
  void read() {
    wanted = true;
    if (!delivering) {
      deliver();
    }
  }

  private void deliver() {
    delivering = true;
    while (wanted && !waiting.isEmpty()) {
      wanted = false;
      received(waiting.poll());
    }
    delivering = false;
    if (wanted) {
      context.read();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object part) {
    waiting.add(part);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    deliver();
  }

  private void received(Object part) {
    if (closing) {
      ReferenceCountUtil.release(part);
      if (!listener.stopping()) {
        deadline.in(LINGER);
      }
      read();
    } else if (part instanceof ByteBuf bytes) {
      exchange.tunnelled(bytes);
    } else if (part instanceof HttpRequest request) {
      begin(request);
    } else if (part instanceof HttpContent content) {
      body(content);
    } else {
      ReferenceCountUtil.release(part);
      read();
    }
  }

  private void begin(HttpRequest request) {
    requestEnded = false;
    if (request instanceof FullHttpMessage whole) {
      whole.release();
      requestEnded = request.decoderResult().isSuccess();
    } else if (request.decoderResult().isSuccess() && !announcesBody(request)) {
      head = request;
      read();
      return;
    }
    serve(request);
  }

  private static boolean announcesBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.getContentLength(request, 0L) > 0;
  }

  /**
   * Demands of a stream of HTTP/2 what the reader of HTTP/1 demands of a head.
   *
   * @throws emporion.chassis.problem.Problem where it is too large
   */
  void demandShortHead(HttpRequest request) {
    if (decoder.isPresent()) {
      return;
    }
    if (request.uri().length() > RequestDecoder.MAX_REQUEST_LINE) {
      throw ErrorResponse.longTarget();
    }
    if (Http2Connection.size(request.headers()) > listener.settings().maxHeadBytes()) {
      throw ErrorResponse.longFields();
    }
  }

  private void serve(HttpRequest request) {
    deadline.clear();
    exchange = listener.exchanges().begin(this, request);
    exchange.begin(requestEnded);
  }

  private void body(HttpContent content) {
    requestEnded |= content instanceof LastHttpContent;
    if (head != null) {
      content.release();
      var request = head;
      head = null;
      serve(request);
    } else if (exchange != null) {
      exchange.received(content, requestEnded);
    } else {
      boolean broken = content.decoderResult().isFailure();
      content.release();
      if (broken) {
        closeGently();
      } else if (requestEnded) {
        rest();
      } else {
        read();
      }
    }
  }

  private void rest() {
    if (inputEnded || listener.stopping()) {
      closeGently();
    } else {
      deadline.in(listener.settings().idleTimeout());
      read();
    }
  }

  /** Writes a part of the answer, which goes out with the next {@link #flush}. */
  void write(Object part) {
    context.write(part).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }

  void flush() {
    context.flush();
  }

  /** Whether it takes more at once. */
  boolean writable() {
    return context.channel().isWritable();
  }

  /**
   * Writes the last part of an answer.
   *
   * @param close whether the connection carries no further request
   */
  void end(HttpObject part, boolean close) {
    context
        .writeAndFlush(part)
        .addListener(
            written -> {
              var answered = exchange;
              if (answered != null) {
                exchange = null;
                answered.ended(written.isSuccess());
                answered(written.isSuccess(), close);
              }
            });
  }

  private void answered(boolean taken, boolean close) {
    if (decoder.isEmpty()) {
      endStream(taken);
    } else if (!taken) {
      context.close();
    } else if (close) {
      closeGently();
    } else if (requestEnded) {
      rest();
    } else {
      deadline.in(LINGER);
      read();
    }
  }

  /** RFC 9113, section 8.1: a client may be told that the rest of its request is not wanted. */
  private void endStream(boolean taken) {
    closing = true;
    if (taken && !requestEnded) {
      context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
    }
  }

  /**
   * Ends the connection behind an answer. What the client is still sending is read until it is
   * silent for a moment, and not for ever: a connection closed on unread data is reset, and a
   * client that is reset while it sends may never see the answer.
   */
  private void closeGently() {
    closing = true;
    deadline.within(LONGEST_LINGER);
    deadline.in(LINGER);
    if (inputEnded || !context.channel().isActive()) {
      context.close();
      return;
    }
    var tls = context.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    } else if (context.channel() instanceof DuplexChannel socket) {
      socket.shutdownOutput();
    }
    read();
  }

  /** Ends it at once. An answer that only the end of the connection would end is reset. */
  void abort(boolean reset) {
    exchange = null;
    closing = true;
    if (reset && decoder.isPresent()) {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    context.close();
  }

  /** From now on bytes pass as they are. */
  void becomeTunnel() {
    var pipeline = context.pipeline();
    pipeline.remove(HttpResponseEncoder.class);
    pipeline.remove(RequestDecoder.class);
    if (pipeline.get(Http2Upgrade.class) != null) {
      pipeline.remove(Http2Upgrade.class);
    }
  }

  /** Ends a tunnel behind what has been written. */
  void endTunnel() {
    exchange = null;
    closing = true;
    context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (exchange != null) {
      exchange.clientWritabilityChanged();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      if (closing || exchange == null) {
        ctx.close();
      } else if (!requestEnded || exchange.isTunnel()) {
        left();
        ctx.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    left();
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  private void left() {
    var last = exchange;
    exchange = null;
    closing = true;
    if (last != null) {
      last.left();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  @Override
  public void look(long now) {
    if (exchange != null) {
      exchange.look(now);
    } else if (deadline.passed(now) || headLate(now)) {
      context.close();
    } else if (listener.stopping() && head == null && !closing) {
      closeGently();
    }
  }

  private boolean headLate(long now) {
    if (decoder.isEmpty() || closing) {
      return false;
    }
    long since = decoder.get().headSince();
    return since != 0 && now - since > listener.settings().clientHeadTimeout().toNanos();
  }
}
