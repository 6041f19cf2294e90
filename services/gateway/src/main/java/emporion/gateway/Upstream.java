package emporion.gateway;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One service's connections. Each event loop has a pool of its own, so that a request is carried by
 * one thread from end to end. The one used last is used next, so that a pool shrinks by itself; its
 * size is bounded by the number of requests that the gateway lets in.
 */
final class Upstream {
  private static final int ROUNDS = 2;

  private final String host;
  private final int port;
  private final String authority;
  private final Duration connectTimeout;
  private final Duration idle;
  private final Optional<SslContext> tls;
  private final ChannelGroup open;
  private final Watchdog watchdog;
  private final AtomicInteger resting = new AtomicInteger();
  private final Map<EventLoop, Deque<UpstreamConnection>> pools = new ConcurrentHashMap<>();

  /**
   * Pools without connections.
   *
   * @param base {@code http://host:port} or {@code https://host:port}, without a path
   * @param connectTimeout of one attempt
   * @param idle after which a connection that rests is closed
   * @param trust for {@code https}: whose certificates are accepted
   * @param open gets what is connected
   */
  Upstream(
      URI base,
      Duration connectTimeout,
      Duration idle,
      SslContext trust,
      ChannelGroup open,
      Watchdog watchdog) {
    boolean secure = "https".equals(base.getScheme());
    if (!secure && !"http".equals(base.getScheme())
        || base.getHost() == null
        || base.getPath() != null && base.getPath().length() > 1) {
      throw new IllegalArgumentException(
          "A route's URI must be http://host:port or https://host:port, not " + base);
    }
    this.host = base.getHost();
    this.port = base.getPort() >= 0 ? base.getPort() : secure ? 443 : 80;
    this.authority = base.getRawAuthority();
    this.connectTimeout = connectTimeout;
    this.idle = idle;
    this.tls = secure ? Optional.of(trust) : Optional.empty();
    this.open = open;
    this.watchdog = watchdog;
  }

  /** The {@code Host} by which this service knows itself. */
  String authority() {
    return authority;
  }

  /** A connection of this loop's pool that is open as far as the loop has heard. */
  Optional<UpstreamConnection> pooled(EventLoop loop) {
    var pooled = pool(loop).pollFirst();
    if (pooled == null) {
      return Optional.empty();
    }
    resting.decrementAndGet();
    return Optional.of(pooled);
  }

  private Deque<UpstreamConnection> pool(EventLoop loop) {
    return pools.computeIfAbsent(loop, any -> new ArrayDeque<>());
  }

  /**
   * A connection that nobody has used yet. Nothing has been sent while there is none, so all
   * addresses are tried a second time: one address may stand for several instances, of which one is
   * on its way out. Fails where the service can't be reached.
   */
  Future<UpstreamConnection> connect(EventLoop loop) {
    Promise<UpstreamConnection> promise = loop.newPromise();
    // A look-up blocks; only new connections pay it.
    Thread.startVirtualThread(
        () -> {
          try {
            var addresses = List.of(InetAddress.getAllByName(host));
            var attempts = new ArrayDeque<InetAddress>();
            Collections.nCopies(ROUNDS, addresses).forEach(attempts::addAll);
            loop.execute(() -> tryNext(attempts, loop, promise));
          } catch (UnknownHostException e) {
            promise.setFailure(e);
          }
        });
    return promise;
  }

  private void tryNext(
      Deque<InetAddress> attempts, EventLoop loop, Promise<UpstreamConnection> promise) {
    var connection = new UpstreamConnection(this, watchdog);
    open(connection, attempts.removeFirst(), loop)
        .addListener(
            opened -> {
              if (opened.isSuccess()) {
                promise.setSuccess(connection);
              } else if (attempts.isEmpty()) {
                promise.setFailure(opened.cause());
              } else {
                tryNext(attempts, loop, promise);
              }
            });
  }

  /** Done when the connection is there, its TLS handshake included. */
  private Future<Channel> open(UpstreamConnection connection, InetAddress address, EventLoop loop) {
    var connected = bootstrap(connection, loop).connect(new InetSocketAddress(address, port));
    Promise<Channel> opened = loop.newPromise();
    connected.addListener(
        done -> {
          var tls = connected.channel().pipeline().get(SslHandler.class);
          if (done.isSuccess() && tls != null) {
            PromiseNotifier.cascade(tls.handshakeFuture(), opened);
          } else if (done.isSuccess()) {
            opened.setSuccess(connected.channel());
          } else {
            opened.setFailure(done.cause());
          }
        });
    return opened;
  }

  private Bootstrap bootstrap(UpstreamConnection connection, EventLoop loop) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
        // A service may answer before it hangs up on the rest of a request; the answer counts.
        .option(ChannelOption.AUTO_CLOSE, false)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                open.add(channel);
                tls.ifPresent(context -> channel.pipeline().addLast(handshake(context, channel)));
                channel
                    .pipeline()
                    .addLast(connection.decoder(), new HttpRequestEncoder(), connection);
              }
            });
  }

  private SslHandler handshake(SslContext context, Channel channel) {
    var handler = context.newHandler(channel.alloc(), host, port);
    handler.setHandshakeTimeoutMillis(connectTimeout.toMillis());
    return handler;
  }

  /** Takes back a connection whose answer was read to its end. */
  void giveBack(UpstreamConnection connection, EventLoop loop) {
    connection.rest(idle);
    pool(loop).addFirst(connection);
    resting.incrementAndGet();
  }

  /** A connection has closed. */
  void forget(UpstreamConnection closed, EventLoop loop) {
    if (pool(loop).remove(closed)) {
      resting.decrementAndGet();
    }
  }

  /** Connections that wait for a request. */
  int pooled() {
    return resting.get();
  }
}
