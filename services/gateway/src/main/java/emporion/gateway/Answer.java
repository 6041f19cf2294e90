package emporion.gateway;

import emporion.chassis.problem.Problem;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The head of a service's answer. The fields that pass are kept as the bytes they were, so that
 * their order, case and number arrive as sent; those of the hop (RFC 9110, section 7.6.1) and those
 * that only tell what software answers are dropped.
 */
final class Answer {
  private static final int MAX_HEAD = 65_536;
  private static final int STATUS_AT = 9;
  private static final byte[] VERSION = "HTTP/1.1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CRLF = {'\r', '\n'};
  static final byte[] CLOSE = "Connection: close\r\n".getBytes(StandardCharsets.US_ASCII);

  private final byte[] statusLine;
  private final int status;
  private final List<byte[]> fields = new ArrayList<>(16);
  private List<String> ofHop = List.of();
  private boolean lasting;
  private boolean chunked;
  private String length;

  private Answer(byte[] statusLine) {
    this.statusLine = statusLine;
    this.status = statusOf(statusLine);
    this.lasting = statusLine[7] == '1';
  }

  /**
   * Waits for the head of the final answer; interim ones (1xx) are passed over.
   *
   * @throws Body.Malformed where it is none
   */
  static Answer read(DataReader reader) {
    while (true) {
      int left = MAX_HEAD;
      var answer = new Answer(Body.line(reader, left));
      for (var line = Body.line(reader, left); line.length > 0; line = Body.line(reader, left)) {
        left -= line.length + 2;
        answer.add(line);
      }
      if (answer.status == 101) {
        throw new Body.Malformed("an upgrade that nobody asked for");
      }
      if (answer.status >= 200) {
        return answer.finished();
      }
    }
  }

  private static int statusOf(byte[] line) {
    if (line.length < STATUS_AT + 3 || !begins(line, "http/1.") || line[STATUS_AT - 1] != ' ') {
      throw new Body.Malformed("status line");
    }
    int status = 0;
    for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
      if (line[i] < '0' || line[i] > '9') {
        throw new Body.Malformed("status");
      }
      status = status * 10 + line[i] - '0';
    }
    return status;
  }

  private void add(byte[] line) {
    if (line[0] <= ' ') {
      throw new Body.Malformed("folded field");
    }
    for (byte b : line) {
      if (b == '\n' || b == 0) {
        throw new Body.Malformed("control character");
      }
    }
    boolean passes =
        switch (line[0] | 0x20) {
          case 'c' -> passesC(line);
          case 'k' -> !begins(line, "keep-alive:");
          case 'p' -> !begins(line, "proxy-");
          case 's' -> !begins(line, "server:");
          case 't' -> passesT(line);
          case 'u' -> !begins(line, "upgrade:");
          case 'x' -> !begins(line, "x-powered-by:");
          default -> true;
        };
    if (passes) {
      fields.add(line);
    }
  }

  private boolean passesC(byte[] line) {
    if (begins(line, "connection:")) {
      hop(value(line, "connection:").toLowerCase(Locale.ROOT));
      return false;
    }
    if (begins(line, "content-length:")) {
      var stated = value(line, "content-length:");
      if (length != null && !length.equals(stated)) {
        throw new Body.Malformed("two lengths");
      }
      length = stated;
      return false;
    }
    return true;
  }

  private boolean passesT(byte[] line) {
    if (begins(line, "transfer-encoding:")) {
      if (chunked || !"chunked".equalsIgnoreCase(value(line, "transfer-encoding:"))) {
        throw new Body.Malformed("transfer coding");
      }
      chunked = true;
      return false;
    }
    return !begins(line, "te:") && !begins(line, "trailer:");
  }

  private void hop(String connection) {
    if ("keep-alive".equals(connection)) {
      return;
    }
    ofHop = new ArrayList<>(ofHop);
    for (var option : connection.split(",")) {
      ofHop.add(option.strip() + ":");
    }
    lasting &= !ofHop.contains("close:");
  }

  private Answer finished() {
    for (var name : ofHop) {
      fields.removeIf(line -> begins(line, name));
    }
    return this;
  }

  /** Whether the line begins, in any case, with an ASCII text in lower case. */
  private static boolean begins(byte[] line, String lower) {
    if (line.length < lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      byte b = line[i];
      int c = b >= 'A' && b <= 'Z' ? b | 0x20 : b;
      if (c != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static String value(byte[] line, String name) {
    return new String(line, name.length(), line.length - name.length(), StandardCharsets.ISO_8859_1)
        .strip();
  }

  int status() {
    return status;
  }

  /** Whether the service keeps the connection open after this answer. */
  boolean lasting() {
    return lasting;
  }

  /**
   * How this answer's body ends.
   *
   * @param toHead whether it answers a {@code HEAD}, and so has none
   */
  Framing framing(boolean toHead) {
    if (toHead || status == 204 || status == 304) {
      return Framing.NONE;
    }
    if (chunked) {
      return Framing.CHUNKED;
    }
    if (length == null) {
      return Framing.UNTIL_CLOSE;
    }
    try {
      return Framing.ofLength(length);
    } catch (Problem e) {
      throw new Body.Malformed("length");
    }
  }

  /**
   * The head as the client gets it; the body's framing is the gateway's own.
   *
   * @param more lines of the gateway's own, each ended by CR LF
   */
  void writeTo(BufferData out, Framing framing, String more, boolean close) {
    out.write(VERSION);
    out.write(statusLine, VERSION.length, statusLine.length - VERSION.length);
    out.write(CRLF);
    for (var field : fields) {
      out.write(field);
      out.write(CRLF);
    }
    if (length != null && !chunked && status != 204) {
      out.writeAscii("Content-Length: " + length + "\r\n");
    } else if (framing.inChunks()) {
      out.write(Framing.CHUNKED_FIELD);
    }
    out.writeAscii(more);
    if (close) {
      out.write(CLOSE);
    }
    out.write(CRLF);
  }
}
