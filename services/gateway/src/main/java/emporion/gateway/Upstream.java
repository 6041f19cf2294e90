package emporion.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * One service's pool of connections. The one used last is used next, so that the pool shrinks by
 * itself; its size is bounded by the number of requests that the gateway lets in.
 */
final class Upstream implements AutoCloseable {
  private static final int ROUNDS = 2;

  private final String host;
  private final int port;
  private final byte[] hostHeader;
  private final Duration connectTimeout;
  private final Duration idle;
  private final Watchdog watchdog;
  private final ConcurrentLinkedDeque<UpstreamConnection> pool = new ConcurrentLinkedDeque<>();

  /**
   * A pool without connections.
   *
   * @param base {@code http://host:port}, without a path
   */
  Upstream(URI base, Duration connectTimeout, Duration idle, Watchdog watchdog) {
    if (!"http".equals(base.getScheme())
        || base.getHost() == null
        || base.getPath() != null && base.getPath().length() > 1) {
      throw new IllegalArgumentException("A route's URI must be http://host:port, not " + base);
    }
    this.host = base.getHost();
    this.port = base.getPort() < 0 ? 80 : base.getPort();
    this.hostHeader =
        ("Host: " + base.getRawAuthority() + "\r\n").getBytes(StandardCharsets.US_ASCII);
    this.connectTimeout = connectTimeout;
    this.idle = idle;
    this.watchdog = watchdog;
  }

  /** The header field that names this service to itself. */
  byte[] hostHeader() {
    return hostHeader;
  }

  /**
   * A connection for one request, from the pool where one there is still open at both ends.
   *
   * @throws IOException where the service can't be reached
   */
  UpstreamConnection take() throws IOException {
    UpstreamConnection pooled;
    while ((pooled = pool.pollFirst()) != null) {
      if (pooled.wake()) {
        return pooled;
      }
      pooled.close();
    }
    return connect();
  }

  /**
   * A connection that nobody has used yet. Nothing has been sent while there is none, so all
   * addresses are tried a second time: one address may stand for several instances, of which one is
   * on its way out.
   *
   * @throws IOException where the service can't be reached
   */
  UpstreamConnection connect() throws IOException {
    IOException last = null;
    for (int round = 0; round < ROUNDS; round++) {
      for (var address : InetAddress.getAllByName(host)) {
        try {
          return connect(new InetSocketAddress(address, port));
        } catch (IOException e) {
          last = e;
        }
      }
    }
    throw last;
  }

  @SuppressWarnings("resource") // the pool owns the channel through its connection
  private UpstreamConnection connect(InetSocketAddress address) throws IOException {
    var channel = SocketChannel.open();
    try {
      channel.socket().setTcpNoDelay(true);
      channel.socket().connect(address, Math.toIntExact(connectTimeout.toMillis()));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    var connection = new UpstreamConnection(channel, this::forget);
    watchdog.watch(connection);
    return connection;
  }

  private void forget(UpstreamConnection closed) {
    watchdog.forget(closed);
    pool.remove(closed);
  }

  /** Takes back a connection whose answer was read to its end. */
  void giveBack(UpstreamConnection connection) {
    if (connection.rest(idle)) {
      pool.addFirst(connection);
    } else {
      connection.close();
    }
  }

  /** Connections that wait for a request. */
  int pooled() {
    return pool.size();
  }

  @Override
  public void close() {
    UpstreamConnection pooled;
    while ((pooled = pool.pollFirst()) != null) {
      pooled.close();
    }
  }
}
