package emporion.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/** A connection to a service, used for one request at a time. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements Watchdog.Watched {
  private final Upstream upstream;
  private final Watchdog watchdog;
  private final AnswerDecoder decoder = new AnswerDecoder();
  private final Deadline idle = new Deadline();
  private ChannelHandlerContext context;
  private User user;
  private boolean reused;

  /** Whoever waits for an answer. */
  interface User {
    /** The next part of the answer, or bytes behind an answer that made a tunnel. */
    void answered(Object part);

    /** All that had come has been told. */
    void answeredSoFar();

    /** The service takes more, or no longer does. */
    void writabilityChanged();

    /** Nothing more will come. */
    void brokenOff();
  }

  UpstreamConnection(Upstream upstream, Watchdog watchdog) {
    this.upstream = upstream;
    this.watchdog = watchdog;
  }

  AnswerDecoder decoder() {
    return decoder;
  }

  /** Prepares for one request. */
  void serve(User next, boolean head) {
    user = next;
    idle.clear();
    decoder.expect(head);
  }

  void write(HttpObject part) {
    context.write(part);
  }

  /** Writes bytes into a tunnel. */
  void writeRaw(ByteBuf bytes) {
    context.write(bytes);
  }

  void flush() {
    context.flush();
  }

  boolean writable() {
    return context.channel().isWritable();
  }

  /** Whether it reads on; a client that is slower than its service makes it wait. */
  void reads(boolean on) {
    context.channel().config().setAutoRead(on);
  }

  /** Whether an earlier request went this way, so that the service may have hung up since. */
  boolean reused() {
    return reused;
  }

  /** Whether the service has sent at least one byte since the request began. */
  boolean begun() {
    return decoder.begun();
  }

  /** Puts it to rest. */
  void rest(Duration longest) {
    user = null;
    reused = true;
    reads(true);
    idle.in(longest);
  }

  /** Gives it back to its pool. */
  void giveBack() {
    upstream.giveBack(this, context.channel().eventLoop());
  }

  /** Ends it; its user is not told. */
  void close() {
    user = null;
    context.close();
  }

  /** From now on bytes pass as they are. */
  void becomeTunnel() {
    context.pipeline().remove(HttpRequestEncoder.class);
    context.pipeline().remove(decoder);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    watchdog.watch(ctx.channel().eventLoop(), this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object part) {
    if (user == null) {
      // More than was asked for.
      ReferenceCountUtil.release(part);
      ctx.close();
    } else {
      user.answered(part);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (user != null) {
      user.answeredSoFar();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (user != null) {
      user.writabilityChanged();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    watchdog.forget(ctx.channel().eventLoop(), this);
    upstream.forget(this, ctx.channel().eventLoop());
    if (user != null) {
      var last = user;
      user = null;
      last.brokenOff();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  @Override
  public void look(long now) {
    if (user == null && idle.passed(now)) {
      close();
    }
  }
}
