package emporion.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells HTTP/2 in clear text from HTTP/1 by how a connection begins (RFC 9113, section 3.4).
 * Netty's own handler insists on a decoder of requests that can't be stricter than it is.
 */
final class Http2Preface extends ByteToMessageDecoder {
  private static final ByteBuf PREFACE =
      Unpooled.unreleasableBuffer(Http2CodecUtil.connectionPrefaceBuf()).asReadOnly();

  private final Listener listener;
  private final InetAddress client;

  Http2Preface(Listener listener, InetAddress client) {
    this.listener = listener;
    this.client = client;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int length = Math.min(in.readableBytes(), PREFACE.readableBytes());
    if (!ByteBufUtil.equals(PREFACE, 0, in, in.readerIndex(), length)) {
      ctx.pipeline().remove(this);
    } else if (length == PREFACE.readableBytes()) {
      ctx.pipeline().remove(Http2Upgrade.class);
      Http2Connection.take(ctx.pipeline());
      Http2Connection.speak(ctx.pipeline(), listener, client, false);
      ctx.pipeline().remove(this);
    }
  }
}
