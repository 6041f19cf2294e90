package emporion.gateway;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.Optional;

/** A connection that speaks HTTP/2; each of its streams is a {@link ClientChannel}. */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Watchdog.Watched {
  private static final int STREAMS = 100;

  /** A longer head than so many times the limit is refused by the codec, and no exchange begins. */
  private static final long READ_TO_THE_END = 4;

  /** What each field counts besides its name and value (RFC 9113, section 6.5.2). */
  private static final int FIELD = 32;

  /** Netty's conversion to HTTP/1.1 forgets the buffer of a request whose method it refuses. */
  private static final ByteBufAllocator ON_HEAP = new UnpooledByteBufAllocator(false, true);

  private final Listener listener;
  private final Deadline idle = new Deadline();
  private ChannelHandlerContext context;
  private boolean busy;
  private boolean wentAway;

  private Http2Connection(Listener listener) {
    this.listener = listener;
  }

  /** Adds what speaks HTTP/2 to the end of a connection's handlers. */
  static void speak(
      ChannelPipeline pipeline, Listener listener, InetAddress client, boolean secure) {
    pipeline.addLast(codec(listener));
    pipeline.addLast(handlers(listener, client, secure));
  }

  /** Takes away what speaks HTTP/1. */
  static void take(ChannelPipeline pipeline) {
    pipeline.remove(ClientChannel.class);
    pipeline.remove(HttpResponseEncoder.class);
    pipeline.remove(RequestDecoder.class);
    pipeline.channel().config().setAutoRead(true);
  }

  static Http2FrameCodec codec(Listener listener) {
    return Http2Codec.of(
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(STREAMS)
            .maxHeaderListSize(READ_TO_THE_END * listener.settings().maxHeadBytes()));
  }

  /** The size of the fields as HTTP/2 counts it. */
  static long size(HttpHeaders fields) {
    long size = 0;
    var all = fields.iteratorCharSequence();
    while (all.hasNext()) {
      var field = all.next();
      size += field.getKey().length() + field.getValue().length() + FIELD;
    }
    return size;
  }

  static ChannelHandler[] handlers(Listener listener, InetAddress client, boolean secure) {
    var streams =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel stream) {
            stream.config().setAutoRead(false);
            stream.config().setAllocator(ON_HEAP);
            stream
                .pipeline()
                .addLast(
                    new Http2StreamFrameToHttpObjectCodec(true),
                    new ClientChannel(listener, Optional.empty(), client, secure));
          }
        };
    return new ChannelHandler[] {new Http2MultiplexHandler(streams), new Http2Connection(listener)};
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    idle.in(listener.settings().clientHeadTimeout());
    listener.watchdog().watch(ctx.channel().eventLoop(), this);
    ctx.channel()
        .closeFuture()
        .addListener(closed -> listener.watchdog().forget(ctx.channel().eventLoop(), this));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    ReferenceCountUtil.release(frame); // settings and pings, which the codec has answered
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  @Override
  public void look(long now) {
    int streams = context.pipeline().get(Http2FrameCodec.class).connection().numActiveStreams();
    if (listener.draining() && !wentAway) {
      wentAway = true;
      // Streams that its client has begun meanwhile are served.
      context.writeAndFlush(
          new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
    }
    if (streams > 0) {
      busy = true;
    } else if (busy) {
      busy = false;
      idle.in(listener.settings().idleTimeout());
    }
    if (streams == 0 && (listener.stopping() || idle.passed(now))) {
      context.close();
    }
  }
}
