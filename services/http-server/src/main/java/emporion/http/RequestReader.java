package emporion.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Gives the server the head of each request in the words that it knows, and bodies as they come,
 * but for what chunks may have beside their size (RFC 9112, section 7.1): the server can't read
 * extensions and trailers, and does not look at what ends a chunk.
 */
final class RequestReader extends DataReader {
  /** A size below 256 MiB, which is more than any limit of a body. */
  private static final Pattern CHUNK =
      Pattern.compile("([0-9A-Fa-f]{1,7})(?:[ \\t]*;[\\t\\x20-\\x7e]*)?");

  private final Source source;
  private final Protocol protocol;
  private final Client client;
  private boolean headExpected = true;
  private boolean chunked;
  private boolean chunkEnds;
  private boolean lastChunk;
  private boolean broken;

  RequestReader(DataReader socket, Protocol protocol, Client client) {
    this(new Source(socket), protocol, client);
  }

  private RequestReader(Source source, Protocol protocol, Client client) {
    super(source);
    this.source = source;
    this.protocol = protocol;
    this.client = client;
  }

  void expectHead() {
    headExpected = true;
  }

  /** The end of its first line is the first thing that the server asks of a request. */
  @Override
  public int findNewLine(int max) {
    if (headExpected) {
      readHead();
    }
    return super.findNewLine(max);
  }

  private void readHead() {
    if (client.leaving()) {
      throw new CloseConnectionException("The client asked for it, or was told so");
    }
    var bytes = new HeadBytes(protocol);
    var head = head(bytes);
    client.asked(head);
    source.next = bytes.behind(head.text());
    headExpected = false;
    chunked = false;
    lastChunk = false;
  }

  private RequestHead head(HeadBytes bytes) {
    try {
      while (!bytes.complete()) {
        bytes.add(available() > 0 ? readBytes(available()) : source.get());
      }
      return RequestHead.of(bytes.text());
    } catch (RequestException refusal) {
      client.unreadable(bytes.isHead());
      throw refusal;
    }
  }

  /** The server reads as a line the size of each chunk, and what stands behind the last one. */
  @Override
  public String readLine() {
    if (broken) {
      throw new CloseConnectionException("Where the content ends is not known");
    }
    try {
      return chunkSize();
    } catch (RuntimeException e) {
      broken = true;
      client.leave();
      throw e;
    }
  }

  private String chunkSize() {
    if (lastChunk) {
      passOverTrailers();
      return "";
    }
    var chunk = CHUNK.matcher(line());
    if (!chunk.matches()) {
      throw RequestError.malformed("A chunk does not begin with its size.").exception();
    }
    var size = chunk.group(1);
    chunked = true;
    lastChunk = Integer.parseInt(size, 16) == 0;
    return size;
  }

  private void passOverTrailers() {
    int length = 0;
    for (var line = line(); !line.isEmpty(); line = line()) {
      length += line.length();
      if (length > protocol.maxFields()) {
        throw RequestError.LONG_FIELDS.exception();
      }
    }
  }

  private String line() {
    int end = lineEnd();
    if (end == protocol.maxLine()) {
      throw RequestError.malformed("A line between chunks is too long.").exception();
    }
    var line = end == 0 ? "" : readAsciiString(end);
    super.skip(2);
    return line;
  }

  private int lineEnd() {
    try {
      return super.findNewLine(protocol.maxLine());
    } catch (IncorrectNewLineException e) {
      throw RequestError.malformed("A line between chunks does not end with CR LF.").exception();
    }
  }

  @Override
  public BufferData readBuffer(int length) {
    var content = super.readBuffer(length);
    chunkEnds = chunked;
    return content;
  }

  /** What the server skips behind a chunk has to be the end of its line. */
  @Override
  public void skip(int length) {
    if (chunkEnds) {
      chunkEnds = false;
      if (!startsWithNewLine()) {
        throw RequestError.malformed("A chunk is longer than its size.").exception();
      }
    }
    super.skip(length);
  }

  /** All that the socket has right now, after what has been put back. */
  private static final class Source implements Supplier<byte[]> {
    private final DataReader socket;
    private byte[] next;

    Source(DataReader socket) {
      this.socket = socket;
    }

    @Override
    public byte[] get() {
      if (next != null) {
        var bytes = next;
        next = null;
        return bytes;
      }
      socket.ensureAvailable();
      return socket.readBytes(socket.available());
    }
  }
}
