package emporion.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client of which every byte is the test's own. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
  }

  /** A client of an address of its own. */
  RawClient(int port, String from) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(from), 0);
    socket.setSoTimeout(20_000);
  }

  /** An answer as it stood on the wire; the body without the framing of chunks. */
  record Answer(int status, List<String> lines, String body) {
    /** The values of a field, in order. */
    List<String> all(String name) {
      var prefix = name.toLowerCase(Locale.ROOT) + ": ";
      return lines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()))
          .toList();
    }

    String one(String name) {
      return String.join("|", all(name));
    }
  }

  /** One request on a connection of its own. */
  static Answer send(int port, String request) throws IOException {
    try (var client = new RawClient(port)) {
      client.write(request);
      return client.read(request.startsWith("HEAD "));
    }
  }

  /** A plain GET with a few more header lines, each ended by CR LF. */
  static Answer get(int port, String path, String... lines) throws IOException {
    return send(
        port, "GET " + path + " HTTP/1.1\r\nHost: shop\r\n" + String.join("", lines) + "\r\n");
  }

  void write(String bytes) throws IOException {
    socket.getOutputStream().write(RawUpstream.bytes(bytes));
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Ends what it sends, and goes on reading. */
  void sayNoMore() throws IOException {
    socket.shutdownOutput();
  }

  InputStream in() throws IOException {
    return socket.getInputStream();
  }

  Answer read() throws IOException {
    return read(false);
  }

  Answer read(boolean toHead) throws IOException {
    var lines = new ArrayList<String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
    }
    if (lines.isEmpty()) {
      throw new IOException("closed without an answer");
    }
    int status = Integer.parseInt(lines.getFirst().substring(9, 12));
    var answer = new Answer(status, lines, "");
    if (toHead || status < 200 || status == 204 || status == 304) {
      return answer;
    }
    return new Answer(status, lines, body(answer));
  }

  private String body(Answer head) throws IOException {
    if (head.one("Transfer-Encoding").equals("chunked")) {
      var body = new StringBuilder();
      for (int size = chunk(); size > 0; size = chunk()) {
        body.append(text(size));
        line();
      }
      line();
      return body.toString();
    }
    return text(Integer.parseInt(head.one("Content-Length")));
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String text(int size) throws IOException {
    var bytes = in().readNBytes(size);
    if (bytes.length < size) {
      throw new IOException("closed inside the body");
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in().read(); b >= 0; b = in().read()) {
      if (b == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(b);
    }
    if (line.size() > 0) {
      throw new IOException("closed inside a line");
    }
    return "";
  }

  /** Whether the gateway closes the connection and sends nothing more. */
  boolean closed() throws IOException {
    try {
      return in().read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
