package emporion.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Sends one request again and again over connections that stay open, and prints how many a second
 * were answered. Written on sockets, to leave the cores to those that are measured.
 *
 * <p>Runs from its source: {@code java Load.java PORT FILE REQUESTS CONNECTIONS STATUS}. FILE holds
 * the request's head, with {@code KEY} where each request has a word of its own, an empty line, and
 * the body. Ends with 1 at the first answer of another status.
 */
public final class Load {
  private static final int LONGEST_LINE = 8_192;

  private final int port;
  private final String head;
  private final byte[] body;
  private final String status;
  private final AtomicInteger left;

  private Load(int port, String request, int requests, String status) {
    this.port = port;
    this.status = status;
    var parts = request.strip().split("\\R\\R", 2);
    body = parts.length == 2 ? parts[1].getBytes(StandardCharsets.UTF_8) : new byte[0];
    head = head(parts[0]);
    left = new AtomicInteger(requests);
  }

  private String head(String lines) {
    var length = body.length == 0 ? "" : "\r\nContent-Length: " + body.length;
    return String.join("\r\n", lines.lines().toList())
        + "\r\nHost: 127.0.0.1:"
        + port
        + length
        + "\r\n\r\n";
  }

  /** See the class. */
  public static void main(String[] args) throws IOException {
    int requests = Integer.parseInt(args[2]);
    var load =
        new Load(Integer.parseInt(args[0]), Files.readString(Path.of(args[1])), requests, args[4]);
    long start = System.nanoTime();
    try {
      load.run(Integer.parseInt(args[3]));
    } catch (ExecutionException | InterruptedException e) {
      System.err.println(e.getCause() == null ? e : e.getCause().getMessage());
      System.exit(1);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%.0f%n", requests / seconds);
  }

  private void run(int connections) throws ExecutionException, InterruptedException {
    try (var threads = Executors.newFixedThreadPool(connections)) {
      Callable<Void> work = this::work;
      for (var result :
          threads.invokeAll(IntStream.range(0, connections).mapToObj(i -> work).toList())) {
        result.get();
      }
    }
  }

  private Void work() throws IOException {
    Socket socket = connect();
    var in = new BufferedInputStream(socket.getInputStream());
    while (left.getAndDecrement() > 0) {
      socket.getOutputStream().write(request());
      if (!read(in)) {
        socket.close();
        socket = connect();
        in = new BufferedInputStream(socket.getInputStream());
      }
    }
    socket.close();
    return null;
  }

  private Socket connect() throws IOException {
    var socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    return socket;
  }

  private byte[] request() {
    var own = head.replace("KEY", UUID.randomUUID().toString()).getBytes(StandardCharsets.UTF_8);
    var bytes = new byte[own.length + body.length];
    System.arraycopy(own, 0, bytes, 0, own.length);
    System.arraycopy(body, 0, bytes, own.length, body.length);
    return bytes;
  }

  /** Reads one answer; false where the connection ends behind it. */
  private boolean read(InputStream in) throws IOException {
    var first = line(in);
    long length = 0;
    boolean chunked = false;
    boolean open = true;
    for (var field = line(in); !field.isEmpty(); field = line(in)) {
      var lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:");
      open &= !lower.startsWith("connection: close");
    }
    var answer = chunked ? chunks(in) : new String(bytes(in, length), StandardCharsets.UTF_8);
    if (!first.startsWith("HTTP/1.1 " + status)) {
      throw new IOException(first + " " + answer);
    }
    return open;
  }

  private static String chunks(InputStream in) throws IOException {
    var all = new StringBuilder();
    long length;
    do {
      length = Long.parseLong(line(in).strip(), 16);
      all.append(new String(bytes(in, length), StandardCharsets.UTF_8));
      line(in);
    } while (length > 0);
    return all.toString();
  }

  private static byte[] bytes(InputStream in, long length) throws IOException {
    var bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException("The connection ended within an answer");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > LONGEST_LINE) {
        throw new EOFException("The connection ended within a line");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
