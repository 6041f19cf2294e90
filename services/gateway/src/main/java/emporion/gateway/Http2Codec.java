package emporion.gateway;

import emporion.chassis.telemetry.Trace;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.HttpConversionUtil;

/**
 * Netty's codec of HTTP/2 as a server has it, with a problem document for a head that it does not
 * read to its end. Nobody else hears of such a request.
 */
final class Http2Codec extends Http2FrameCodec {

  private Http2Codec(
      Http2ConnectionEncoder encoder,
      Http2ConnectionDecoder decoder,
      Http2Settings settings,
      boolean decoupleCloseAndGoAway,
      boolean flushPreface) {
    super(encoder, decoder, settings, decoupleCloseAndGoAway, flushPreface);
  }

  static Http2FrameCodec of(Http2Settings settings) {
    return new Builder().initialSettings(settings).build();
  }

  private static final class Builder extends Http2FrameCodecBuilder {

    Builder() {
      server(true);
    }

    @Override
    protected Http2FrameCodec build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      var codec =
          new Http2Codec(encoder, decoder, settings, decoupleCloseAndGoAway(), flushPreface());
      codec.gracefulShutdownTimeoutMillis(0); // as in each codec that Netty builds
      return codec;
    }
  }

  /**
   * Netty resets the stream behind this, and calls it a breach of the protocol; a client that is
   * told so might not look at the answer. So it is reset here, without blame.
   */
  @Override
  protected void handleServerHeaderDecodeSizeError(ChannelHandlerContext ctx, Http2Stream stream) {
    var trace = Trace.begun();
    var answer = ErrorResponse.answer(ErrorResponse.longFields(), trace.traceId());
    int bytes = answer.content().readableBytes();
    var headers = HttpConversionUtil.toHttp2Headers(answer, false);
    encoder().writeHeaders(ctx, stream.id(), headers, 0, false, ctx.newPromise());
    encoder().writeData(ctx, stream.id(), answer.content(), 0, true, ctx.newPromise());
    try {
      encoder().flowController().writePendingBytes();
    } catch (Http2Exception e) {
      onError(ctx, true, e);
      return;
    }
    resetStream(ctx, stream.id(), Http2Error.NO_ERROR.code(), ctx.newPromise());
    AccessLog.line("-", "-", "none", answer.status().code(), 0, bytes, trace);
  }
}
