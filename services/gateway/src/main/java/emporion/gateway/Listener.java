package emporion.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A socket that speaks HTTP/1.0, 1.1 and 2: HTTP/2 by ALPN over TLS, and in clear text where the
 * client begins with it (RFC 9113, section 3.3) or asks for it by {@code Upgrade: h2c}.
 */
final class Listener implements AutoCloseable {
  private static final int BACKLOG = 1_024;

  private final Settings settings;
  private final Exchanges exchanges;
  private final ChannelGroup open;
  private final Optional<Connections> connections;
  private final Optional<SslContext> tls;
  private final Watchdog watchdog;
  private final Channel socket;
  private volatile boolean draining;
  private volatile boolean stopping;

  /** Whoever answers. */
  interface Exchanges {
    /** One request and its answer. */
    Exchange begin(ClientChannel client, HttpRequest request);
  }

  /**
   * Listens.
   *
   * @param open gets what is connected
   * @param connections who may connect; without it anybody
   * @param tls without it plain HTTP is spoken
   * @throws IllegalStateException where the port can't be had
   */
  Listener(
      InetSocketAddress address,
      Settings settings,
      EventLoopGroup loops,
      ChannelGroup open,
      Watchdog watchdog,
      Optional<Connections> connections,
      Optional<SslContext> tls,
      Exchanges exchanges) {
    this.settings = settings;
    this.exchanges = exchanges;
    this.open = open;
    this.connections = connections;
    this.tls = tls;
    this.watchdog = watchdog;
    var bound = bootstrap(loops).bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException("port " + address.getPort() + " can't be had", bound.cause());
    }
    this.socket = bound.channel();
  }

  private ServerBootstrap bootstrap(EventLoopGroup loops) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        // A client that has nothing more to say still wants its answer.
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                accept(channel);
              }
            });
  }

  private void accept(Channel channel) {
    var client = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    if (connections.isPresent()) {
      if (!connections.get().enter(client)) {
        channel.close();
        return;
      }
      channel.closeFuture().addListener(closed -> connections.get().leave(client));
    }
    open.add(channel);
    if (tls.isPresent()) {
      speakTls(channel, client);
    } else {
      channel.pipeline().addLast(new Http2Preface(this, client));
      speakHttp1(channel.pipeline(), client, false);
    }
  }

  private void speakTls(Channel channel, InetAddress client) {
    channel.config().setAutoRead(true);
    var handshake = new Handshake(this, channel);
    channel
        .pipeline()
        .addLast(
            tls.get().newHandler(channel.alloc()),
            new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
              @Override
              protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                handshake.end();
                if (ApplicationProtocolNames.HTTP_2.equals(protocol)) {
                  Http2Connection.speak(ctx.pipeline(), Listener.this, client, true);
                } else {
                  channel.config().setAutoRead(false);
                  speakHttp1(ctx.pipeline(), client, true);
                }
              }

              @Override
              protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close(); // whoever knocks writes no log
              }

              @Override
              public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
              }
            });
  }

  private void speakHttp1(ChannelPipeline pipeline, InetAddress client, boolean secure) {
    var decoder = new RequestDecoder(settings.maxHeadBytes());
    pipeline.addLast(decoder, new HttpResponseEncoder());
    if (!secure) {
      pipeline.addLast(new Http2Upgrade(this, client));
    }
    pipeline.addLast(new ClientChannel(this, Optional.of(decoder), client, secure));
  }

  Exchanges exchanges() {
    return exchanges;
  }

  Settings settings() {
    return settings;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  int port() {
    return ((InetSocketAddress) socket.localAddress()).getPort();
  }

  /** From now on each answer ends its connection. */
  void drain() {
    draining = true;
  }

  boolean draining() {
    return draining;
  }

  /** Takes no more connections, and ends those that wait for a request. */
  void stop() {
    stopping = true;
    close();
  }

  boolean stopping() {
    return stopping;
  }

  @Override
  public void close() {
    socket.close().awaitUninterruptibly();
  }
}
