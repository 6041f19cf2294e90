package emporion.gateway;

import emporion.chassis.discovery.Neighbours;
import emporion.chassis.discovery.Registration;
import emporion.chassis.jose.ClaimNames;
import emporion.chassis.jose.TokenVerifier;
import emporion.chassis.metrics.ProcessMetrics;
import emporion.chassis.tls.Trust;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The running gateway: its two sockets and what they share. */
final class Gateway implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Settings settings;
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final EventLoopGroup loops;

  /** All connections, in and out; what is added behind the end is closed at once. */
  private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

  private final Neighbours neighbours;
  private final Watchdog watchdog;
  private final Connections connections;
  private final Forwarder forwarder;
  private final Listener operators;
  private final Listener world;
  private final Optional<Registration> registration;
  private volatile boolean ready;

  /** Starts both sockets; ready when it returns. */
  static Gateway start(Settings settings) {
    return new Gateway(settings);
  }

  private Gateway(Settings settings) {
    this.settings = settings;
    neighbours = new Neighbours(settings.others());
    loops = new MultiThreadIoEventLoopGroup(settings.threads(), NioIoHandler.newFactory());
    try {
      watchdog = new Watchdog(loops);
      connections = new Connections(settings, metrics.registry());
      forwarder = forwarder();
      operators =
          listener(
              new InetSocketAddress(settings.managementHost(), settings.managementPort()),
              Optional.empty(),
              Optional.empty(),
              (client, request) -> new Operating(metrics, () -> ready, client, request));
      world =
          listener(
              new InetSocketAddress(settings.host(), settings.port()),
              Optional.of(connections),
              settings.tls().map(Encryption::towardsClients),
              forwarder);
    } catch (RuntimeException e) {
      endLoops();
      throw e;
    }
    ready = true;
    registration = Registration.start(self(), settings.others());
  }

  private Registration.Self self() {
    return new Registration.Self(
        Map.of("gateway", port()),
        Registration.version(),
        URI.create("http://127.0.0.1:" + managementPort() + "/health/ready"));
  }

  private Listener listener(
      InetSocketAddress address,
      Optional<Connections> who,
      Optional<SslContext> tls,
      Listener.Exchanges exchanges) {
    return new Listener(address, settings, loops, open, watchdog, who, tls, exchanges);
  }

  private Forwarder forwarder() {
    var trust = Encryption.towardsServices(settings.ca());
    var failures =
        Counter.builder()
            .name("gateway_upstream_failures_total")
            .help("Calls that a service did not answer")
            .labelNames("route", "reason")
            .register(metrics.registry());
    var routes = settings.routes().stream().map(route -> route(route, trust, failures)).toList();
    measure(routes);
    var verifier =
        new TokenVerifier(
            settings.jwks(),
            settings.issuer(),
            settings.audience(),
            settings.longestToken(),
            ClaimNames.STANDARD,
            settings.ca().map(Trust::context));
    return new Forwarder(
        settings,
        new RouteTable(routes, settings.hiddenPaths()),
        new Tokens(verifier, settings.tokenlessPaths()),
        new Limits(settings.limits(), metrics.registry()),
        new Cors(settings.cors()),
        metrics.requests());
  }

  private Route route(Settings.Route route, SslContext trust, Counter failures) {
    var service =
        new Service(
            route.uri(),
            neighbours.of(route.uri()),
            settings.connectTimeout(),
            settings.upstreamIdle(),
            trust,
            open,
            watchdog);
    return new Route(
        route.name(),
        route.paths(),
        route.maxBodyBytes(),
        service,
        new RouteMeters(failures, route.name()));
  }

  private void measure(List<Route> routes) {
    GaugeWithCallback.builder()
        .name("gateway_upstream_idle_connections")
        .help("Pooled connections to a service that wait for a request")
        .labelNames("route")
        .callback(
            callback ->
                routes.forEach(route -> callback.call(route.service().pooled(), route.name())))
        .register(metrics.registry());
  }

  int port() {
    return world.port();
  }

  int managementPort() {
    return operators.port();
  }

  /** Requests that are not answered yet. */
  int underWay() {
    return forwarder.underWay();
  }

  /**
   * Says that it is not ready, ends each connection with its next answer while the time to drain
   * lasts, then takes no more connections, waits for the requests under way as long as the grace
   * period allows, and stops.
   */
  @Override
  public void close() {
    registration.ifPresent(Registration::close);
    ready = false;
    world.drain();
    await(settings.connections().drainTime(), () -> connections.open() == 0);
    world.stop();
    await(settings.gracePeriod(), () -> forwarder.underWay() == 0);
    operators.stop();
    endLoops();
  }

  private static void await(Duration longest, BooleanSupplier end) {
    long last = System.nanoTime() + longest.toNanos();
    while (!end.getAsBoolean() && System.nanoTime() - last < 0) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /**
   * Closes all connections. Loops do that too, but not if they are told to end, without a quiet
   * time, between their look for that and their last tasks (Netty 4.2.18).
   */
  private void endLoops() {
    open.close().awaitUninterruptibly(FAREWELL.toMillis());
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
