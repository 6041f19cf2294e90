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
  private static final int DELAY_MILLIS = 700;
  private static final int SLICE = 7;

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
    SLICED
  }

  private final ServerSocket entry;
  private final List<Integer> targets;
  private final AtomicInteger turn = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile State state = State.WHOLE;

  /** Connects this port with loopback ports, each new connection with the next of them. */
  Cable(int port, List<Integer> targets) throws IOException {
    this.targets = targets;
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
    var server = new Socket();
    open.add(server);
    try {
      int target = targets.get(Math.floorMod(turn.getAndIncrement(), targets.size()));
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2_000);
    } catch (IOException e) {
      drop(client);
      drop(server);
      return;
    }
    Thread.ofVirtual().start(() -> pump(client, server, false));
    Thread.ofVirtual().start(() -> pump(server, client, true));
  }

  private void pump(Socket from, Socket to, boolean answers) {
    var buffer = new byte[BUFFER];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!pass(buffer, read, out, answers)) {
          break;
        }
      }
    } catch (IOException | InterruptedException e) {
      // One end has gone: so does the other.
    } finally {
      drop(from);
      drop(to);
    }
  }

  /** False where the connection has to end. */
  private boolean pass(byte[] buffer, int length, OutputStream out, boolean answers)
      throws IOException, InterruptedException {
    awaitMovement();
    switch (state) {
      case CUT -> {
        return false;
      }
      case ANSWERS_LOST -> {
        if (answers) {
          return false;
        }
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
