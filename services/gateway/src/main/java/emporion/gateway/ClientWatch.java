package emporion.gateway;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/**
 * The connections of clients: no more than so many, of all and of each, and none whose client sends
 * or reads too slowly.
 *
 * <p>Helidon itself watches a connection only between two requests. What is above its own limit of
 * connections waits unaccepted, where good clients stand behind bad ones; and it never gives back
 * the place of one that failed in its TLS handshake, until none is left. So places are counted
 * here, and what finds none is closed at once.
 */
final class ClientWatch implements Http1ConnectionListener, Watchdog.Watched {
  private static final int LINGER_SECONDS = 1;
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private final Settings.Connections settings;
  private final Duration headTimeout;
  private final AddressRanges trustedProxies;
  private final Counter refused;
  private final Map<SocketAddress, Visit> visits = new ConcurrentHashMap<>();
  private final Map<InetAddress, Integer> visitsOf = new ConcurrentHashMap<>();

  private record Visit(Socket socket, Deadline deadline) {
    InetAddress client() {
      return socket.getInetAddress();
    }
  }

  ClientWatch(Settings settings, MeterRegistry registry) {
    this.settings = settings.connections();
    this.headTimeout = settings.clientHeadTimeout();
    this.trustedProxies = settings.trustedProxies();
    this.refused =
        Counter.builder("gateway.connections.refused")
            .description("Connections closed at once because there were too many")
            .register(registry);
    Gauge.builder("gateway.connections", visits, Map::size)
        .description("Open connections of clients")
        .register(registry);
  }

  /**
   * The options of each accepted socket. Helidon sets them between accepting and serving, and
   * closes a socket on which that fails: the only moment at which a connection can be turned away.
   */
  SocketOptions admission() {
    return new Admission(SocketOptions.builder().tcpNoDelay(true).buildPrototype(), this::admit);
  }

  private void admit(Socket socket) {
    if (full(socket.getInetAddress())) {
      sweep();
      if (full(socket.getInetAddress())) {
        refused.increment();
        throw new IllegalStateException("too many connections");
      }
    }
    var visit = new Visit(socket, new Deadline());
    visit.deadline.in(headTimeout);
    visitsOf.merge(visit.client(), 1, Integer::sum);
    var before = visits.put(socket.getRemoteSocketAddress(), visit);
    if (before != null) {
      countOut(before);
    }
  }

  private boolean full(InetAddress client) {
    return visits.size() >= settings.max()
        || visitsOf.getOrDefault(client, 0) >= settings.maxOfClient()
            && !trustedProxies.contains(client);
  }

  private void sweep() {
    visits.forEach(
        (address, visit) -> {
          if (visit.socket.isClosed() && visits.remove(address, visit)) {
            countOut(visit);
          }
        });
  }

  private void countOut(Visit visit) {
    visitsOf.computeIfPresent(visit.client(), (client, count) -> count == 1 ? null : count - 1);
  }

  @Override
  public void prologue(ConnectionContext client, HttpPrologue prologue) {
    of(client).in(headTimeout);
  }

  @Override
  public void headers(ConnectionContext client, Headers headers) {
    // Helidon may refuse the request by itself now: only an exchange takes up the watch again.
    of(client).clear();
  }

  /** When a connection is closed under its client. */
  Deadline of(ConnectionContext client) {
    var visit = visits.get(client.remotePeer().address());
    return visit == null ? new Deadline() : visit.deadline;
  }

  /** Connections whose client has to send or read something now. */
  long watched() {
    return visits.values().stream().filter(visit -> visit.deadline.runs()).count();
  }

  /** Waits until the watchdog sees no open connection any more, or the time to drain is over. */
  void awaitEnd() {
    long end = System.nanoTime() + settings.drainTime().toNanos();
    while (!visits.isEmpty() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void look(long now) {
    visits.values().stream().filter(visit -> visit.deadline.passes(now)).forEach(ClientWatch::end);
    sweep();
  }

  private static void end(Visit late) {
    if (late.socket instanceof SSLSocket) {
      // It says good-bye first, and waits for whoever is still writing to a client that does not
      // read.
      Thread.startVirtualThread(() -> close(late.socket));
    } else {
      close(late.socket);
    }
  }

  private static void close(Socket socket) {
    try {
      if (socket instanceof SSLSocket) {
        socket.setSoLinger(true, LINGER_SECONDS);
      }
      socket.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
    }
  }
}
