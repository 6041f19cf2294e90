package emporion.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Finds header fields that go on in a second line (RFC 9112, section 5.2), which Netty's decoders
 * join in silence, and others read as a field of its own. Before a head's end a decoder's buffer
 * always begins with a whole line.
 */
final class FoldedFields {
  private boolean head = true;
  private boolean begun;

  /** Whether the bytes to come next belong to a head. */
  boolean inHead() {
    return head;
  }

  /** Whether the first line of a head, or what is behind a head, has been seen. */
  boolean begun() {
    return begun || !head;
  }

  /** Whether a line of the head that the buffer holds begins with white space. */
  boolean in(ByteBuf buffer) {
    if (!head) {
      return false;
    }
    int line = buffer.readerIndex();
    int end = buffer.writerIndex();
    while (line < end) {
      byte first = buffer.getByte(line);
      if (first == HttpConstants.SP || first == HttpConstants.HT) {
        return true;
      }
      if (first == HttpConstants.CR && begun) {
        return false;
      }
      int feed = buffer.indexOf(line, end, HttpConstants.LF);
      begun |= feed >= 0 && first != HttpConstants.CR;
      line = feed < 0 ? end : feed + 1;
    }
    return false;
  }

  /** What the decoder has made of the bytes. */
  void seen(List<Object> decoded) {
    if (!decoded.isEmpty()) {
      head = decoded.getLast() instanceof LastHttpContent;
      begun = false;
    }
  }

  /** A message that stands for one that is not read. */
  static HttpObject refused(HttpMessage message) {
    message.setDecoderResult(
        DecoderResult.failure(new IllegalArgumentException("a folded field, or no HTTP")));
    return message;
  }
}
