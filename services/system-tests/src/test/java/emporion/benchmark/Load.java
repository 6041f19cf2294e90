package emporion.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Sends requests over connections that stay open, and looks at the clock. Written on sockets and
 * platform threads, to leave the cores to those that are measured.
 *
 * <p>A request that fails is counted, and the next one goes out.
 *
 * @param request the whole n-th request
 * @param success how the statuses of good answers begin, as "20"
 */
record Load(int port, IntFunction<byte[]> request, String success) {
  private static final int LONGEST_LINE = 8_192;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final double NANOS = 1e9;

  /**
   * What came of it.
   *
   * @param failures how many, by status or by what went wrong instead of an answer
   * @param nanos how long each good answer took, ascending; of a paced request since it was due
   */
  record Outcome(int requests, Map<String, Integer> failures, double seconds, long[] nanos) {
    int failed() {
      return failures.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Good answers. */
    double perSecond() {
      return nanos.length / seconds;
    }

    /** The time within which so many of a hundred good answers came; NaN for none. */
    double millis(double percent) {
      return Numbers.percentile(nanos, percent) / 1e6;
    }
  }

  /** As fast as they are answered. */
  Outcome run(int requests, int connections) {
    return new Run(requests, connections, 0).outcome();
  }

  /** So many a second, whether or not those before are answered. */
  Outcome paced(int requests, int connections, double perSecond) {
    return new Run(requests, connections, perSecond).outcome();
  }

  private final class Run {
    private final int requests;
    private final double perSecond;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final long[] nanos;
    private final long begun;
    private final double seconds;

    Run(int requests, int connections, double perSecond) {
      this.requests = requests;
      this.perSecond = perSecond;
      nanos = new long[requests];
      begun = System.nanoTime();
      try (var threads = Executors.newFixedThreadPool(connections)) {
        for (int i = 0; i < connections; i++) {
          threads.submit(this::work);
        }
      }
      seconds = (System.nanoTime() - begun) / NANOS;
    }

    Outcome outcome() {
      var good = Arrays.stream(nanos).filter(time -> time > 0).sorted().toArray();
      return new Outcome(requests, failures, seconds, good);
    }

    private Void work() throws InterruptedException {
      Connection connection = null;
      for (int n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
        long since = due(n);
        try {
          connection = connection == null ? new Connection() : connection;
          var status = connection.exchange(request.apply(n));
          if (status.startsWith(success)) {
            nanos[n] = Math.max(1, System.nanoTime() - since);
          } else {
            failed(status);
          }
          connection = connection.ifOpen();
        } catch (IOException e) {
          failed(e.getClass().getSimpleName());
          connection = null;
        }
      }
      if (connection != null) {
        connection.close();
      }
      return null;
    }

    private long due(int n) throws InterruptedException {
      if (perSecond == 0) {
        return System.nanoTime();
      }
      long at = begun + (long) (n / perSecond * NANOS);
      TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
      return at;
    }

    private synchronized void failed(String how) {
      failures.merge(how, 1, Integer::sum);
    }
  }

  /** One that HTTP/1.1 keeps open. */
  private final class Connection {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    private final InputStream in;
    private boolean open = true;

    Connection() throws IOException {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    }

    /** The status of the answer, which is read to its end. */
    String exchange(byte[] bytes) throws IOException {
      try {
        socket.getOutputStream().write(bytes);
        return read();
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    Connection ifOpen() {
      if (!open) {
        close();
      }
      return open ? this : null;
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        open = false; // and so it is
      }
    }

    private String read() throws IOException {
      var status = line().split(" ", 3)[1];
      long length = 0;
      boolean chunked = false;
      for (var field = line(); !field.isEmpty(); field = line()) {
        var lower = field.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Long.parseLong(lower.substring(15).strip());
        }
        chunked |= lower.startsWith("transfer-encoding:");
        open &= !lower.startsWith("connection: close");
      }
      if (chunked) {
        skipChunks();
      } else {
        in.skipNBytes(length);
      }
      return status;
    }

    private void skipChunks() throws IOException {
      long length;
      do {
        length = Long.parseLong(line().strip(), 16);
        in.skipNBytes(length);
        line();
      } while (length > 0);
    }

    private String line() throws IOException {
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

  /** A request without a body. */
  static byte[] get(String path, String token) {
    return bytes("GET " + path, token, "", "");
  }

  /**
   * A request with a JSON body.
   *
   * @param fields further header fields, each with its end of line
   */
  static byte[] post(String path, String token, String fields, String json) {
    var described =
        "Content-Type: application/json\r\nContent-Length: "
            + json.getBytes(StandardCharsets.UTF_8).length
            + "\r\n";
    return bytes("POST " + path, token, described + fields, json);
  }

  private static byte[] bytes(String start, String token, String fields, String body) {
    var bearer = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    return (start + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + bearer + fields + "\r\n" + body)
        .getBytes(StandardCharsets.UTF_8);
  }
}
