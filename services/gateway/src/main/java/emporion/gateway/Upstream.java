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
 * The connections to one instance of a service. Each event loop has a pool of its own, so that a
 * request is carried by one thread from end to end. The one used last is used next, so that a pool
 * shrinks by itself; its size is bounded by the number of requests that the gateway lets in.
 */
final class Upstream {
  private final InetSocketAddress address;
  private final Terms terms;
  private final ChannelGroup open;
  private final Watchdog watchdog;
  private final AtomicInteger resting = new AtomicInteger();
  private final Map<EventLoop, Deque<UpstreamConnection>> pools = new ConcurrentHashMap<>();

  /**
   * What holds for each connection to a service.
   *
   * @param connectTimeout of one attempt
   * @param rounds how often each address is tried
   * @param idle after which a connection that rests is closed
   * @param tls whose certificates are accepted; without it nothing is encrypted
   * @param name that a certificate must have, where it is not the host's
   */
  record Terms(
      Duration connectTimeout,
      int rounds,
      Duration idle,
      Optional<SslContext> tls,
      Optional<String> name) {}

  /**
   * Pools without connections.
   *
   * @param address not resolved: its host is looked up for each new connection
   * @param open gets what is connected
   */
  Upstream(InetSocketAddress address, Terms terms, ChannelGroup open, Watchdog watchdog) {
    this.address = address;
    this.terms = terms;
    this.open = open;
    this.watchdog = watchdog;
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
   * A connection that nobody has used yet. Nothing has been sent while there is none, so the
   * addresses of a service's one instance are tried a second time: an address may stand for several
   * processes, of which one is on its way out. Fails where it can't be reached.
   */
  Future<UpstreamConnection> connect(EventLoop loop) {
    Promise<UpstreamConnection> promise = loop.newPromise();
    // A look-up blocks; only new connections pay it.
    Thread.startVirtualThread(
        () -> {
          try {
            var addresses = List.of(InetAddress.getAllByName(address.getHostString()));
            var attempts = new ArrayDeque<InetAddress>();
            Collections.nCopies(terms.rounds(), addresses).forEach(attempts::addAll);
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
  private Future<Channel> open(UpstreamConnection connection, InetAddress host, EventLoop loop) {
    var connected =
        bootstrap(connection, loop).connect(new InetSocketAddress(host, address.getPort()));
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
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            Math.toIntExact(terms.connectTimeout().toMillis()))
        // A service may answer before it hangs up on the rest of a request; the answer counts.
        .option(ChannelOption.AUTO_CLOSE, false)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                open.add(channel);
                terms
                    .tls()
                    .ifPresent(context -> channel.pipeline().addLast(handshake(context, channel)));
                channel
                    .pipeline()
                    .addLast(connection.decoder(), new HttpRequestEncoder(), connection);
              }
            });
  }

  private SslHandler handshake(SslContext context, Channel channel) {
    var handler =
        context.newHandler(
            channel.alloc(), terms.name().orElse(address.getHostString()), address.getPort());
    handler.setHandshakeTimeoutMillis(terms.connectTimeout().toMillis());
    return handler;
  }

  /** Takes back a connection whose answer was read to its end. */
  void giveBack(UpstreamConnection connection, EventLoop loop) {
    connection.rest(terms.idle());
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
