package emporion.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.util.AsciiString;
import java.net.InetAddress;

/**
 * Goes on with HTTP/2 where a connection's first request asks for it by {@code Upgrade: h2c}. One
 * that has a body, or expects something, stays what it is: Netty would answer those by itself.
 */
final class Http2Upgrade extends HttpServerUpgradeHandler {

  Http2Upgrade(Listener listener, InetAddress client) {
    super(
        Http2Upgrade::forgetHttp1,
        protocol ->
            AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
                ? codec(listener, client)
                : null,
        0,
        DefaultHttpHeadersFactory.headersFactory(),
        DefaultHttpHeadersFactory.trailersFactory(),
        true);
  }

  private static Http2ServerUpgradeCodec codec(Listener listener, InetAddress client) {
    return new Http2ServerUpgradeCodec(
        Http2Connection.codec(listener), Http2Connection.handlers(listener, client, false));
  }

  private static void forgetHttp1(ChannelHandlerContext ctx) {
    Http2Connection.take(ctx.pipeline());
  }

  @Override
  protected boolean shouldHandleUpgradeRequest(HttpRequest request) {
    return request.decoderResult().isSuccess()
        && request.headers().containsValue(HttpHeaderNames.UPGRADE, "h2c", true)
        && !request.headers().contains(HttpHeaderNames.EXPECT)
        && !HttpUtil.isContentLengthSet(request)
        && !HttpUtil.isTransferEncodingChunked(request);
  }
}
