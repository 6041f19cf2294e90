package emporion.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.function.Consumer;

/**
 * Writes what the server does, and the head alone where HEAD was asked: the server would send the
 * content too, and the next answer would begin with it (RFC 9110, section 9.3.2).
 */
final class AnswerWriter implements DataWriter {
  private static final String END = "\r\n\r\n";

  private final DataWriter socket;
  private boolean headOnly;
  private boolean complete;
  private BufferData appended;
  private String statusLine;

  AnswerWriter(DataWriter socket) {
    this.socket = socket;
  }

  void begin(boolean wantsHeadOnly) {
    headOnly = wantsHeadOnly;
    complete = false;
    appended = null;
  }

  /** What follows the next buffer, which is an answer's head, in the same piece. */
  void append(byte[] content) {
    appended = BufferData.create(content);
  }

  /** The next buffer is an answer's head, where its status may have got another reason phrase. */
  void phrase(int status, String given) {
    var registered = Phrases.of(status);
    statusLine = registered.equals(given) ? null : "HTTP/1.1 %d %s".formatted(status, registered);
  }

  @Override
  public void write(BufferData... buffers) {
    write(BufferData.create(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    write(buffer, socket::write);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    write(buffer, socket::writeNow);
  }

  private void write(BufferData given, Consumer<BufferData> target) {
    var buffer = statusLine == null ? given : rephrased(given);
    if (!headOnly) {
      target.accept(appended == null ? buffer : BufferData.create(buffer, appended));
      appended = null;
    } else if (!complete) {
      var text = new String(buffer.readBytes(), ISO_8859_1);
      int end = text.indexOf(END);
      complete = end >= 0 && !text.startsWith("HTTP/1.1 1");
      var head = complete ? text.substring(0, end + END.length()) : text;
      target.accept(BufferData.create(head.getBytes(ISO_8859_1)));
    }
  }

  private BufferData rephrased(BufferData head) {
    var text = new String(head.readBytes(), ISO_8859_1);
    var corrected = statusLine + text.substring(text.indexOf("\r\n"));
    statusLine = null;
    return BufferData.create(corrected.getBytes(ISO_8859_1));
  }
}
