package emporion.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A TCP connection between two processes that can be damaged while it is in use. */
final class Cable implements Closeable {
  private static final int BUFFER = 16_384;
  private static final int DELAY_MILLIS = 400;

  /** Longer than any caller waits. */
  private static final int LATE_MILLIS = 8_000;

  private static final byte[] GET = "GET ".getBytes(StandardCharsets.US_ASCII);
  private static final int SLICE = 7;
  private static final int CONNECT_MILLIS = 2_000;

  /** What happens to the bytes. */
  enum State {
    WHOLE,
    /** Connections are reset, new ones at once. */
    CUT,
    /** Connections stand and nothing moves. */
    HALF_OPEN,
    /** Requests arrive; instead of the answer comes a reset. */
    ANSWERS_LOST,
    /** Each piece waits. */
    SLOW,
    /** Pieces of a few bytes. */
    SLICED,
    /** What would change something arrives when nobody waits for it any more, and is overtaken. */
    LATE,
    /** Nothing arrives; the answer is 503. */
    UNAVAILABLE,
    /** Nothing arrives; the answer is 500. */
    BROKEN,
    /** Nothing arrives; the answer is noise. */
    GARBAGE;

    /** What is answered in the place of the other end. */
    private byte[] answer() {
      var text =
          switch (this) {
            case UNAVAILABLE -> "HTTP/1.1 503 Service Unavailable\r\n" + EMPTY;
            case BROKEN -> "HTTP/1.1 500 Internal Server Error\r\n" + EMPTY;
            default -> "\u0001 no HTTP \u00ff\r\n\r\n{]";
          };
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static final String EMPTY = "Content-Length: 0\r\nConnection: close\r\n\r\n";
  }

  private final ServerSocket entry;
  private volatile List<Integer> targets = List.of();
  private final AtomicInteger turn = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile State state = State.WHOLE;

  /** Connects this port with nothing yet. */
  Cable(int port) throws IOException {
    entry = new ServerSocket();
    entry.setReuseAddress(true);
    entry.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread.ofVirtual().name("cable-" + port).start(this::accept);
  }

  /** Changes the state; connections that are open see it at their next byte, a cut at once. */
  void turn(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (next == State.CUT) {
      open.forEach(this::drop);
    }
  }

  int port() {
    return entry.getLocalPort();
  }

  /**
   * Where connections lead from now on, each new one to the next of these loopback ports; those
   * that are open stay.
   */
  void lead(List<Integer> next) {
    targets = next;
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        var client = entry.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        // Closed, or out of file handles for a moment.
      }
    }
  }

  private void connect(Socket client) {
    open.add(client);
    if (state == State.CUT) {
      drop(client);
      return;
    }
    Socket server;
    try {
      client.setTcpNoDelay(true);
      server = reach();
      open.add(server);
    } catch (IOException e) {
      drop(client);
      return;
    }
    Thread.ofVirtual().start(() -> pump(client, server, false));
    Thread.ofVirtual().start(() -> pump(server, client, true));
  }

  /** The next of the targets, or where that is away one that isn't. */
  private Socket reach() throws IOException {
    var choice = targets;
    int first = turn.getAndIncrement();
    for (int i = 0; ; i++) {
      var server = new Socket();
      try {
        int target = choice.get(Math.floorMod(first + i, choice.size()));
        server.setTcpNoDelay(true);
        server.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
        return server;
      } catch (IOException e) {
        server.close();
        if (i + 1 >= choice.size()) { // nobody is there
          throw e;
        }
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    var buffer = new byte[BUFFER];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int read = in.read(buffer);
      while (read >= 0 && pass(buffer, read, out, answers ? out : from.getOutputStream())) {
        read = in.read(buffer);
      }
    } catch (IOException | InterruptedException e) {
      // One end has gone: so does the other.
    } finally {
      drop(from);
      drop(to);
    }
  }

  /**
   * False where the connection has to end.
   *
   * @param caller hears what is answered; it is where answers go, and not where requests go
   */
  private boolean pass(byte[] buffer, int length, OutputStream out, OutputStream caller)
      throws IOException, InterruptedException {
    awaitMovement();
    boolean answers = out == caller;
    switch (state) {
      case UNAVAILABLE, BROKEN, GARBAGE -> {
        caller.write(state.answer());
        return false;
      }
      case CUT -> {
        return false;
      }
      case ANSWERS_LOST -> {
        if (answers) {
          return false;
        }
        out.write(buffer, 0, length);
      }
      case LATE -> {
        TimeUnit.MILLISECONDS.sleep(answers || isRead(buffer) ? 0 : LATE_MILLIS);
        out.write(buffer, 0, length);
      }
      case SLOW -> {
        TimeUnit.MILLISECONDS.sleep(DELAY_MILLIS);
        out.write(buffer, 0, length);
      }
      case SLICED -> {
        for (int at = 0; at < length; at += SLICE) {
          out.write(buffer, at, Math.min(SLICE, length - at));
          out.flush();
        }
      }
      default -> out.write(buffer, 0, length);
    }
    return true;
  }

  private static boolean isRead(byte[] request) {
    return Arrays.equals(GET, Arrays.copyOf(request, GET.length));
  }

  private void awaitMovement() throws InterruptedException {
    lock.lock();
    try {
      while (state == State.HALF_OPEN) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends a connection: by a reset where that is the damage, otherwise after what was sent. */
  private void drop(Socket socket) {
    open.remove(socket);
    try (socket) {
      if (!socket.isClosed() && (state == State.CUT || state == State.ANSWERS_LOST)) {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // It has gone already.
    }
  }

  @Override
  public void close() throws IOException {
    entry.close();
    turn(State.CUT);
  }
}
