package emporion.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;

/** Netty's reader of answers, which is told what is asked and tells whether anything came. */
final class AnswerDecoder extends HttpResponseDecoder {
  private static final int MAX_LINE = 8_192;
  private static final int MAX_HEAD = 65_536;
  private static final int MAX_PIECE = 65_536;

  private final FoldedFields folded = new FoldedFields();
  private boolean toHead;
  private boolean begun;
  private boolean failed;

  AnswerDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEAD)
            .setMaxChunkSize(MAX_PIECE)
            .setInitialBufferSize(512)
            // Names and values are checked, but a chunked answer may state a length too.
            .setUseRfc9112TransferEncoding(false));
  }

  /** Prepares for the answer to a request. */
  void expect(boolean answerToHead) {
    toHead = answerToHead;
    begun = false;
  }

  /** Whether at least one byte of an answer has come. */
  boolean begun() {
    return begun;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    begun = true;
    if (failed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (folded.in(in)) {
      failed = true;
      in.skipBytes(in.readableBytes());
      out.add(FoldedFields.refused(createInvalidMessage()));
      return;
    }
    super.decode(ctx, in, out);
    folded.seen(out);
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage answer) {
    return toHead || super.isContentAlwaysEmpty(answer);
  }

  /** RFC 9112, section 6.3: the chunks count. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage answer) {
    clearContentLength();
    answer.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
  }
}
