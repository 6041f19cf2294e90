package emporion.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Netty's reader of requests, which refuses both lengths in one request, bare line feeds and what
 * is no token; stricter where RFC 9112 lets a server guess: the words of a request line stand one
 * space apart (section 3), and a folded field (section 5.2) is refused.
 */
final class RequestDecoder extends HttpRequestDecoder {
  static final int MAX_REQUEST_LINE = 8_192;

  private static final int MAX_PIECE = 16_384;
  private static final String UNREADABLE = "-";

  /** What the name of a method is made of (RFC 9110, section 5.6.2); capitals are as good. */
  private static final String TOKEN = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";

  private final FoldedFields folded = new FoldedFields();
  private String method = "";
  private int wordEnd;
  private long headSince;
  private boolean failed;

  RequestDecoder(int maxHeadBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_REQUEST_LINE)
            .setMaxHeaderSize(maxHeadBytes)
            .setMaxChunkSize(MAX_PIECE)
            .setInitialBufferSize(512));
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (failed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (isForeign(in) || folded.in(in)) {
      failed = true;
      in.skipBytes(in.readableBytes());
      out.add(FoldedFields.refused(createInvalidMessage()));
      return;
    }
    if (headSince == 0 && folded.inHead()) {
      headSince = System.nanoTime();
    }
    super.decode(ctx, in, out);
    folded.seen(out);
    if (!out.isEmpty()) {
      headSince = 0;
    }
  }

  /**
   * Whether what comes is no request but TLS, say: whoever speaks that would wait for an answer.
   */
  private boolean isForeign(ByteBuf in) {
    if (folded.begun()) {
      return false;
    }
    int begin = in.readerIndex();
    for (int i = begin; i < in.writerIndex(); i++) {
      byte b = in.getByte(i);
      if (b == HttpConstants.SP) {
        method = in.toString(begin, i - begin, StandardCharsets.US_ASCII);
        return false;
      }
      if (b == HttpConstants.CR || b == HttpConstants.LF) {
        begin = i + 1;
      } else if (TOKEN.indexOf(b | 0x20) < 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * When the first byte of a head came whose end has not come yet, as {@link System#nanoTime()}
   * tells; 0 where there is none.
   */
  long headSince() {
    return headSince;
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    wordEnd = start + length;
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    demandOneSpace(line, start);
    wordEnd = start + length;
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    demandOneSpace(line, start);
    return super.splitThirdWordInitialLine(line, start, length);
  }

  private void demandOneSpace(byte[] line, int start) {
    if (start != wordEnd + 1 || line[wordEnd] != ' ') {
      throw new IllegalArgumentException("not one space between the words of a request line");
    }
  }

  @Override
  protected HttpMessage createMessage(String[] line) throws Exception {
    var request = super.createMessage(line);
    if (request.protocolVersion().majorVersion() != 1
        || request.protocolVersion().minorVersion() > 1) {
      throw new IllegalArgumentException("not a version of HTTP/1");
    }
    return request;
  }

  @Override
  protected HttpMessage createInvalidMessage() {
    // A refusal of HEAD has no content, however little of the request can be read.
    var readable = method.equals("HEAD") ? HttpMethod.HEAD : HttpMethod.valueOf(UNREADABLE);
    return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, readable, UNREADABLE);
  }
}
